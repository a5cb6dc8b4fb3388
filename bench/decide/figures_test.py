import unittest

import figures
import numpy as np


class FiguresTest(unittest.TestCase):
    def test_area_is_the_share_of_pairs_in_the_right_order(self):
        self.assertEqual(figures.auroc(np.array([0.1, 0.4, 0.35, 0.8]), np.array([False, False, True, True])), 0.75)
        self.assertEqual(figures.auroc(np.array([0.5, 0.5]), np.array([False, True])), 0.5)

    def test_calibration_is_the_distance_of_what_is_said_and_what_came_true(self):
        labels = np.array([True, False, False, False] * 50)
        self.assertAlmostEqual(figures.calibration_error(np.full(200, 0.25), labels), 0.0, delta=0.02)
        self.assertAlmostEqual(figures.calibration_error(np.full(200, 0.75), labels), 0.5, delta=0.02)

    def test_few_cases_err_by_chance(self):
        few, many = figures.error_by_chance(np.full(50, 0.5)), figures.error_by_chance(np.full(5000, 0.5))
        self.assertAlmostEqual(few, 0.056, delta=0.01)
        self.assertLess(many, few / 2)

    def test_the_least_confident_are_left_out_first(self):
        probabilities, labels = np.array([0.9, 0.1, 0.8, 0.45, 0.95]), np.array([True, False, True, True, True])
        self.assertEqual(figures.error_at(probabilities, labels, 1), 0.2)
        self.assertEqual(figures.error_at(probabilities, labels, 0.8), 0.0)

    def test_cases_of_a_group_are_drawn_together(self):
        low, high = figures.interval(lambda places: len(places), ["a", "a", "a"])
        self.assertEqual((low, high), (3, 3))


if __name__ == "__main__":
    unittest.main()
