"""Captions that agree with the others of their picture are drawn more often."""
import sys
import unittest
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))
from sensorium_recipe.consensus import agreement, draw_captions  # noqa: E402
from test_tasks import Pictures  # noqa: E402

ODD = "somebody enjoys the holidays"
PICTURES = Pictures(captions=[["a dog runs over wet grass", ODD, "a brown dog runs over grass"],
                              ["two men play football on a field"] * 2, ["a boat on a lake"]])


class Consensus(unittest.TestCase):
    def test_what_nobody_else_says_agrees_least(self):
        first, odd, third = agreement(PICTURES, 0)
        self.assertEqual(odd, 0)
        self.assertGreater(min(first, third), 0.5)
        self.assertEqual(agreement(PICTURES, 2).tolist(), [0])

    def test_it_is_drawn_as_seldom_as_that_says(self):
        rng = np.random.default_rng(0)
        drawn = [draw_captions(PICTURES, 0, rng, 1, 1.0)[0] for _ in range(2000)]
        chances = np.exp(agreement(PICTURES, 0))
        self.assertAlmostEqual(drawn.count(ODD) / 2000, 1 / chances.sum(), delta=0.02)

    def test_without_a_temperature_all_are_equal(self):
        rng = np.random.default_rng(0)
        drawn = [draw_captions(PICTURES, 0, rng, 1)[0] for _ in range(3000)]
        self.assertAlmostEqual(drawn.count(ODD) / 3000, 1 / 3, delta=0.03)

    def test_no_caption_comes_twice(self):
        self.assertEqual(set(draw_captions(PICTURES, 0, np.random.default_rng(0), 3, 0.5)), set(PICTURES.captions[0]))


if __name__ == "__main__":
    unittest.main()
