"""Names that no caption has are placed beside names that captions have, by their teacher vectors."""
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, str(Path(__file__).parent.parent))
from sensorium_recipe.anchors import Anchors, prepare_anchors  # noqa: E402
from sensorium_recipe.class_anchors import RIDGE, prepare_class_anchors, read_class_vectors, regress  # noqa: E402

ANIMALS = ("dog", "cat", "horse", "bird")


class Regress(unittest.TestCase):
    def setUp(self):
        drawn = torch.Generator().manual_seed(0)
        self.known, self.others = torch.randn(4000, 6, generator=drawn), torch.randn(50, 6, generator=drawn)
        self.map = torch.randn(6, 3, generator=drawn)

    def test_finds_a_linear_map_around_the_means(self):
        got = regress(self.known + 2, self.known @ self.map + 5, self.others + 2)
        expected = (self.others - self.known.mean(0)) @ self.map
        self.assertLess((got - expected).abs().max().item(), 0.05)

    def test_is_ridge_regression(self):
        few, wanted = self.known[:8], self.known[:8] @ self.map
        centred, target = (few - few.mean(0)).numpy(), (wanted - wanted.mean(0)).numpy()
        # The penalty as rows of data: the textbook's other way to the same solution.
        rows = np.vstack([centred, np.sqrt(RIDGE) * np.eye(6)])
        weights = np.linalg.lstsq(rows, np.vstack([target, np.zeros((6, 3))]), rcond=None)[0]
        expected = (self.others - few.mean(0)).numpy() @ weights
        self.assertTrue(np.allclose(regress(few, wanted, self.others).numpy(), expected, atol=1e-4))


class ClassAnchors(unittest.TestCase):
    def test_an_unknown_name_lands_beside_its_like(self):
        rng = np.random.default_rng(0)
        looks, kinds = rng.normal(size=(4, 12)), rng.integers(0, 4, 400)
        tokens = np.stack([np.tile(looks[k] + 0.1 * rng.normal(size=12), (49, 1)) for k in kinds]).astype(np.float32)
        captions = [[f"a {ANIMALS[k]} outside"] for k in kinds]
        # Many names for each animal, so that the ridge is small beside the data.
        likeness = 30 * rng.normal(size=(4, 16))
        vectors = {f"{'a ' * n}{animal}": likeness[k] + rng.normal(size=16)
                   for k, animal in enumerate(ANIMALS) for n in range(10)}
        vectors |= {"zebra": likeness[2] + rng.normal(size=16)}
        with tempfile.TemporaryDirectory() as folder:
            prepare_anchors(Path(folder), tokens, captions, width=160)
            prepare_class_anchors(Path(folder), {n: v.astype(np.float32) for n, v in vectors.items()})
            anchors = Anchors(Path(folder))
            names, placed = anchors.classes
        closest = F.normalize(anchors.of_captions(ANIMALS), dim=-1) @ placed[names.index("zebra")]
        self.assertEqual(ANIMALS[int(closest.argmax())], "horse")

    def test_missing_vectors_are_named(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "clip_class_names.json").write_text('{"coco": ["dog"]}')
            with self.assertRaisesRegex(FileNotFoundError, "coco_clip"):
                read_class_vectors(Path(folder))


if __name__ == "__main__":
    unittest.main()
