"""Student and teacher look at the same piece of a picture; made-up clips show what they say."""
import sys
import unittest
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).parent.parent))
from sensorium_recipe.augment import SMALLEST_PIECE, WHOLE, random_pieces, views  # noqa: E402
from sensorium_recipe.clips import camera_boxes  # noqa: E402
from sensorium_recipe.teacher_task import mixed, question_views, teacher_map  # noqa: E402


class Pieces(unittest.TestCase):
    def test_lie_inside_the_picture(self):
        top, left, height, width = random_pieces(500, np.random.default_rng(0)).T
        self.assertGreaterEqual(min(top.min(), left.min()), 0)
        self.assertLessEqual(max((top + height).max(), (left + width).max()), 1 + 1e-6)
        self.assertGreater((height * width).min(), SMALLEST_PIECE ** 2 * 0.8)


# Black on the left and white on the right.
HALVES = np.concatenate([np.zeros((3, 64, 32), np.uint8), np.full((3, 64, 32), 255, np.uint8)], 2)


class FakePictures:
    count = 2

    @staticmethod
    def at(indices, device):
        return torch.from_numpy(np.stack([HALVES] * len(indices))).to(device)


class Views(unittest.TestCase):
    def test_each_picture_gives_its_own_piece(self):
        boxes = np.float32([WHOLE, WHOLE, [0, 0.5, 1, 0.5], [0.25, 0.25, 0.5, 0.5]])
        seen = views(FakePictures.at([0] * 4, "cpu"), boxes, np.array([False, True, False, False]), 32)
        columns = seen.mean((1, 2)) / 255
        halves = torch.tensor([0.0] * 16 + [1.0] * 16)
        for row, expected in zip(columns, (halves, halves.flip(0), torch.ones(32), halves)):
            self.assertLess((row - expected).abs().max().item(), 0.51)  # one column may lie on the edge
            self.assertLess((row - expected).abs().mean().item(), 0.05)

    def test_whole_view_of_the_same_size_is_the_picture(self):
        picture = torch.from_numpy(np.random.default_rng(0).integers(0, 256, (1, 3, 24, 24), np.uint8))
        self.assertLess((views(picture, WHOLE[None], np.array([False]), 24) - picture).abs().max().item(), 0.01)

    def test_mixed_views_keep_at_least_half_of_themselves(self):
        black_and_white = torch.tensor([0.0, 255.0]).repeat(50).view(100, 1, 1, 1)
        rng = np.random.default_rng(0)
        self.assertTrue(torch.equal(mixed(black_and_white, rng, 0.0), black_and_white))
        share = 1 - (mixed(black_and_white, rng, 1.0) - black_and_white).abs().flatten() / 255
        self.assertTrue(0.5 <= share.min() < 0.6 and share.max() < 1)

    def test_questions_have_the_size_and_the_range_that_the_teacher_reads(self):
        seen = question_views(FakePictures, "cpu", np.random.default_rng(0), {"pictures": 5, "whole": 0.5, "mixed": 0.5})
        self.assertEqual(tuple(seen.shape), (5, 3, 224, 224))
        self.assertTrue(seen.min() >= 0 and 100 < seen.max() <= 255)

    def test_teachers_map_is_laid_over_the_students(self):
        ramp = torch.arange(7.0).repeat(7).view(1, 49, 1)
        self.assertTrue((teacher_map(ramp, 10).view(10, 10).diff(dim=1) >= 0).all())


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
