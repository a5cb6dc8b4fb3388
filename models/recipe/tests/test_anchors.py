"""Canonical axes find what two sets of variates share; words are weighted as described."""
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, str(Path(__file__).parent.parent))
from sensorium_recipe.anchors import Anchors, WordVectors, canonical_axes, prepare_anchors  # noqa: E402

ANIMALS, PLACES = ("dog", "cat", "horse", "bird"), ("beach", "street", "forest", "snow")


class CanonicalAxes(unittest.TestCase):
    def test_shared_signal_before_louder_noise(self):
        drawn = torch.Generator().manual_seed(0)
        shared, noise = torch.randn(4000, 1, generator=drawn), 5 * torch.randn(4000, 4, generator=drawn)
        first = torch.cat([noise[:, :2], shared], 1)
        second = torch.cat([shared, noise[:, 2:]], 1)
        left, right = canonical_axes(first - first.mean(0), second - second.mean(0))
        seen = torch.corrcoef(torch.stack([(first @ left)[:, 0], (second @ right)[:, 0], shared[:, 0]]))
        self.assertGreater(seen[:2, 2].abs().min().item(), 0.9)
        # The other axes have no correlation to be weighted with.
        self.assertLess((left[:, 1:].norm() / left[:, 0].norm()).item(), 0.1)


class Words(unittest.TestCase):
    def test_rare_words_weigh_more_and_unknown_ones_nothing(self):
        vectors = WordVectors.of(["a dog runs"] * 5 + ["a cat"] * 15)
        self.assertEqual(sorted(vectors.number), ["a", "cat", "dog", "runs"])
        row = vectors(["a dog and a cat"])[0]
        self.assertGreater(row[vectors.number["dog"]], row[vectors.number["cat"]])
        self.assertAlmostEqual(row.norm().item(), 1, places=5)
        self.assertEqual(vectors(["zebra"]).norm().item(), 0)


class JointSpace(unittest.TestCase):
    def test_a_caption_lies_at_its_picture(self):
        rng = np.random.default_rng(0)
        things = rng.normal(size=(8, 12))
        kinds = [(a, p) for a in range(4) for p in range(4)] * 20
        tokens = np.stack([np.tile(things[a] + things[4 + p], (49, 1)) for a, p in kinds]).astype(np.float32)
        captions = [[f"a {ANIMALS[a]} near the {PLACES[p]}", f"{PLACES[p]} with a {ANIMALS[a]}"] for a, p in kinds]
        with tempfile.TemporaryDirectory() as folder:
            prepare_anchors(Path(folder), tokens, captions, width=160)
            anchors = Anchors(Path(folder))
        pictures, texts = anchors.of_pictures(torch.from_numpy(tokens[:16]).mean(1)), anchors.of_captions(
            [several[0] for several in captions[:16]])
        self.assertEqual(pictures.shape, (16, 160))
        self.assertTrue(torch.allclose(pictures.norm(dim=1), torch.ones(16), atol=1e-4))
        self.assertEqual(F.normalize(texts, dim=-1).matmul(pictures.T).argmax(1).tolist(), list(range(16)))


if __name__ == "__main__":
    unittest.main()
