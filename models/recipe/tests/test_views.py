"""Student and teacher look at the same piece of a picture; made-up clips show what they say."""
import sys
import unittest
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).parent.parent))
from sensorium_recipe.clips import camera_boxes  # noqa: E402
from sensorium_recipe.prepare_pictures import SMALLEST_PIECE, random_pieces  # noqa: E402
from sensorium_recipe.teacher_task import student_views, teacher_map, view_chances  # noqa: E402


class Pieces(unittest.TestCase):
    def test_lie_inside_the_picture(self):
        top, left, height, width = random_pieces(500, np.random.default_rng(0)).T
        self.assertGreaterEqual(min(top.min(), left.min()), 0)
        self.assertLessEqual(max((top + height).max(), (left + width).max()), 1 + 1e-6)
        self.assertGreater((height * width).min(), SMALLEST_PIECE ** 2 * 0.8)


class FakePictures:
    """Two pictures, black on the left and white on the right; the second view is the right half."""
    pixels = np.concatenate([np.zeros((2, 3, 64, 32), np.uint8), np.full((2, 3, 64, 32), 255, np.uint8)], 3)
    boxes = np.float32([[[0, 0, 1, 1]] * 2, [[0, 0.5, 1, 0.5]] * 2])


class Views(unittest.TestCase):
    def test_view_shows_the_piece_and_is_mirrored_like_the_map(self):
        mirrored = torch.tensor([False, True, False])
        views = student_views(FakePictures, [(0, 0), (0, 1), (1, 0)], 32, mirrored, np.random.default_rng(0))
        left, right = views[..., :8].mean((1, 2, 3)), views[..., -8:].mean((1, 2, 3))
        self.assertGreater(right[0], left[0] + 1)
        self.assertGreater(left[1], right[1] + 1)
        self.assertAlmostEqual(left[2].item(), right[2].item(), places=3)

        ramp = torch.arange(7.0).repeat(7).view(1, 49, 1).expand(2, 49, 1)
        plain, turned = teacher_map(ramp, mirrored[:2], 8).view(2, 8, 8)
        self.assertTrue((plain.diff(dim=1) >= 0).all() and (turned.diff(dim=1) <= 0).all())

    def test_whole_pictures_come_more_often(self):
        self.assertEqual(view_chances(FakePictures, {"whole": 3}).tolist(), [0.75, 0.25])


class Zooms(unittest.TestCase):
    def test_window_shrinks_or_grows_and_stays_inside(self):
        for seed in range(200):
            for motion, sign in (("the camera zooms in", -1), ("the camera zooms out", 1)):
                boxes = np.array(camera_boxes(motion, 6, np.random.default_rng(seed)))
                steps = np.diff(boxes[:, 2]) * sign
                self.assertTrue((steps > 0.01).all())
                self.assertTrue((boxes[:, :2] >= 0).all() and (boxes[:, :2] + boxes[:, 2:] <= 1 + 1e-9).all())


if __name__ == "__main__":
    unittest.main()
