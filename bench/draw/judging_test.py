#!/usr/bin/env python3
"""The classifier of raw features learns what differs in colour or in edges, and shares are counted as they are."""
import unittest

import numpy as np

from judging import agreed, judged
from probe import Probe, edges, features

SIDE = 64


def pictures(kind, count, seed):
    """Red or green noise, or noise with upright or level stripes."""
    rng = np.random.default_rng(seed)
    made = rng.integers(0, 60, (count, SIDE, SIDE, 3))
    stripes = (np.arange(SIDE) // 4 % 2 * 150)[None, :, None]
    if kind < 2:
        made[..., kind] += 120
    else:
        made += np.broadcast_to(stripes if kind == 2 else stripes.transpose(1, 0, 2), (SIDE, SIDE, 3))
    return made.astype(np.uint8)


class Probes(unittest.TestCase):
    def test_colours_and_edges_are_told_apart(self):
        probe = Probe(np.concatenate([pictures(kind, 10, kind) for kind in range(4)]), np.repeat(np.arange(4), 10), 4)
        unseen = np.concatenate([pictures(kind, 5, 10 + kind) for kind in range(4)])
        np.testing.assert_array_equal(probe.classify(unseen), np.repeat(np.arange(4), 5))

    def test_an_upright_edge_has_the_first_direction(self):
        picture = np.zeros((1, SIDE, SIDE, 3), np.uint8)
        picture[:, :, 20:] = 255
        histograms = edges(picture)
        self.assertEqual(histograms.shape, (1, 8, 8, 9))
        self.assertGreater(histograms[0, :, 2, 0].min(), 0.9)
        self.assertEqual(histograms[0, :, 5].max(), 0)

    def test_each_picture_has_its_own_features(self):
        some = pictures(2, 300, 1)
        np.testing.assert_allclose(features(some)[299], features(some[299:])[0], rtol=1e-5, atol=1e-6)


class Shares(unittest.TestCase):
    def test_interval_holds_the_share(self):
        figures = agreed("draw", [1, 2, 3, 3], [1, 2, 3, 4])
        self.assertEqual(figures["draw_acc"], 75)
        low, high = figures["draw_interval"]
        self.assertTrue(30 < low < 75 < high < 96)

    def test_each_word_has_its_own_shares(self):
        class Judge:
            def classify(self, pictures, labels=None):
                return ["sea", "sea", "sea"] if labels else np.array([0, 1, 1])

        figures = judged(Judge(), Judge(), "draw", np.zeros((3, 8, 8, 3)), np.array([0, 0, 1]), {"sea": (), "street": ()})
        self.assertEqual(figures["draw_each_clip_probe"], {"sea": [100, 50], "street": [0, 100]})


if __name__ == "__main__":
    unittest.main()
