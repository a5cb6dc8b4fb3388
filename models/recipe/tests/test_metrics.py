"""Metrics against examples worked out by hand."""
import math
import sys
import unittest
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))
from sensorium_recipe.metrics import (CiderD, bleu_counts, bleu_of, bootstrap_interval, corpus_bleu,  # noqa: E402
                                      corpus_cider_d, wilson_interval)


class Bleu(unittest.TestCase):
    def test_counts_are_clipped(self):
        # "the" stands twice in the reference: 2 of 7 words count (the example of the paper).
        scores = corpus_bleu(["the the the the the the the"], [["the cat is on the mat"]])
        self.assertAlmostEqual(scores[0], 100 * 2 / 7)

    def test_short_captions_pay(self):
        # All 4 words and all n-grams are right, but 4 words stand against 6: exp(1 - 6/4).
        scores = corpus_bleu(["the cat is on"], [["the cat is on the mat"]])
        self.assertAlmostEqual(scores[3], 100 * math.exp(-0.5))

    def test_closest_reference_sets_the_length(self):
        scores = corpus_bleu(["a dog runs"], [["a dog runs", "a brown dog runs over the green grass"]])
        self.assertAlmostEqual(scores[2], 100)

    def test_mixed_orders(self):
        # 1-grams 3/4, 2-grams 1/3 (only "a dog"): the geometric mean of both is a half.
        scores = corpus_bleu(["a dog x runs"], [["a dog runs fast"]])
        self.assertAlmostEqual(scores[1], 100 * math.sqrt(3 / 4 * 1 / 3))

    def test_a_corpus_is_the_sum_of_its_captions(self):
        captions, references = ["a dog runs on grass", "a man sits"], [["a dog runs fast on grass"], ["the man sits down"]]
        sums = [a + b for a, b in zip(*map(bleu_counts, captions, references))]
        # 1-grams 5 + 2 of 8, 2-grams 3 + 1 of 6, 3-grams 1 + 0 of 4; 8 words stand against 10.
        self.assertEqual([7, 4, 1, 0, 8, 6, 4, 2, 8, 10], sums)
        self.assertEqual(corpus_bleu(captions, references), bleu_of(sums))


class Bootstrap(unittest.TestCase):
    def test_a_mean_has_the_interval_of_its_standard_error(self):
        rows = np.random.default_rng(1).normal(3, 2, (400, 1))
        low, high = bootstrap_interval(rows, lambda sums: sums[0] / 400)
        error = rows.std() / 20
        self.assertAlmostEqual(low, rows.mean() - 1.96 * error, delta=0.1 * error)
        self.assertAlmostEqual(high, rows.mean() + 1.96 * error, delta=0.1 * error)

    def test_what_does_not_vary_is_certain(self):
        self.assertEqual([7, 7], bootstrap_interval([[7.0]] * 5, lambda sums: sums[0] / 5))


class Cider(unittest.TestCase):
    REFERENCES = [["a b"], ["c d"]]

    def test_the_reference_itself(self):
        # Orders 1 and 2 agree fully, orders 3 and 4 are empty: 10 * (1 + 1 + 0 + 0) / 4.
        self.assertAlmostEqual(CiderD(self.REFERENCES).score("a b", ["a b"]), 5.0)

    def test_nothing_in_common(self):
        self.assertEqual(CiderD(self.REFERENCES).score("a b", ["c d"]), 0.0)

    def test_repetition_gains_nothing(self):
        # Order 1: min(2, 1) * 1 / (2 * sqrt 2) of the weights; order 2: nothing.
        self.assertAlmostEqual(CiderD(self.REFERENCES).score("a a", ["a b"]), 10 / 4 / (2 * math.sqrt(2)))

    def test_length_is_weighed(self):
        # "a b a b": 1-grams point the same way but are clipped to half; of the 2-grams, "a b" twice and "b a" once.
        first, second = 0.5, 1 / math.sqrt(5)
        penalty = math.exp(-(4 - 2) ** 2 / 72)
        self.assertAlmostEqual(CiderD(self.REFERENCES).score("a b a b", ["a b"]), 10 * penalty * (first + second) / 4)

    def test_what_every_picture_says_weighs_nothing(self):
        self.assertEqual(corpus_cider_d(["a", "a"], [["a"], ["a"]]), 0.0)


class Wilson(unittest.TestCase):
    def test_half_of_ten(self):
        low, high = wilson_interval(5, 10)
        self.assertAlmostEqual(low, 0.2366, 4)
        self.assertAlmostEqual(high, 0.7634, 4)


if __name__ == "__main__":
    unittest.main()
