#!/usr/bin/env python3
"""What bench/quality does without a service: reading sets, ranks, intervals, where the windows of clips go."""
import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import numpy as np

import motion
import pictures
import sets
import sounds
import subtitles
from sensorium_recipe.metrics import recall_at


class Sets(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "a.jpg").touch()
        self.captions = self.folder / "captions.tsv"

    def read(self, text):
        self.captions.write_text(text, encoding="utf-8")
        with contextlib.redirect_stdout(io.StringIO()) as said:
            return sets.picture_set(self.folder, self.captions), said.getvalue()

    def test_captions_are_gathered_and_cleaned(self):
        (paths, references), said = self.read('a.jpg\tA dog runs .\na.jpg\t"A brown dog"\n')
        self.assertEqual(([self.folder / "a.jpg"], [["a dog runs", "a brown dog"]], ""), (paths, references, said))

    def test_numbered_names_stand_for_one_picture(self):
        (_, references), _ = self.read("a.jpg#0\tone\na.jpg#1\ttwo\n")
        self.assertEqual([["one", "two"]], references)

    def test_missing_pictures_are_told(self):
        (paths, _), said = self.read("a.jpg\tone\nb.jpg\ttwo\n")
        self.assertEqual(1, len(paths))
        self.assertIn("1 pictures", said)

    def test_no_picture_at_all_is_an_error(self):
        with self.assertRaisesRegex(sets.DataError, "none of the 1 pictures"):
            self.read("b.jpg\ttwo\n")


class FakeService:
    """Vectors that are given, in place of a pack's."""

    def __init__(self, files, texts):
        self.files, self.texts = np.array(files, float), np.array(texts, float)

    def embed_files(self, paths):
        return self.files[:len(paths)]

    def embed_texts(self, texts):
        return self.texts[:len(texts)]


class Retrieval(unittest.TestCase):
    def test_ranks_by_hand(self):
        # Two captions of each picture. Picture 0: its first caption is nearer to picture 1, its second is its own.
        service = FakeService([[1, 0], [0, 1]], [[.2, .8], [.9, .1], [.1, .9], [.3, .7]])
        figures = pictures.retrieval_figures(service, ["p", "q"], [["a", "b"], ["c", "d"]])
        self.assertEqual(50, figures["t2i_r1"])  # a is wrong, c is right
        self.assertEqual(75, figures["t2i_r1_all_captions"])  # b and d are right too
        self.assertEqual(100, figures["i2t_r1"])  # of a and c, p is nearest to a and q to c
        self.assertEqual(100, figures["i2t_r1_all_captions"])

    def test_one_caption_each_is_what_the_recipe_computes(self):
        rng = np.random.default_rng(0)
        files, texts = rng.normal(size=(40, 8)), rng.normal(size=(40, 8))
        figures = pictures.retrieval_figures(FakeService(files, texts), range(40), [["x"]] * 40)
        for k in pictures.RANKS:
            self.assertAlmostEqual(recall_at(texts @ files.T, k), figures[f"t2i_r{k}"])
            self.assertAlmostEqual(figures[f"t2i_r{k}"], figures[f"t2i_r{k}_all_captions"])
            self.assertAlmostEqual(figures[f"i2t_r{k}"], figures[f"i2t_r{k}_all_captions"])


class Sounds(unittest.TestCase):
    def test_mean_over_classes_is_not_the_share_of_sounds(self):
        service = FakeService([[1, 0], [1, 0], [1, 0], [1, 0]], [[1, 0], [0, 1]])
        files = [("1", "bell"), ("2", "bell"), ("3", "bell"), ("4", "rain")]
        figures = sounds.sound_figures(service, files, {"bell": "a bell rings", "rain": "rain is falling"})
        self.assertEqual((50, 75), (figures["sound_acc"], figures["sound_acc_plain"]))
        self.assertEqual({"bell": "3 of 3", "rain": "0 of 1"}, figures["sound_by_class"])

    def test_few_sounds_are_not_taken_for_certain(self):
        low, high = sounds.macro_interval([(2, 2), (2, 2)])
        self.assertLess(low, 0.8)
        self.assertEqual(1, high)

    def test_more_sounds_narrow_the_interval(self):
        few, many = (sounds.macro_interval([(n // 2, n)] * 5) for n in (10, 1000))
        self.assertLess(many[1] - many[0], few[1] - few[0])


class Motion(unittest.TestCase):
    def ends(self, motion_name):
        steps = list(motion.windows(motion_name, seed=3))
        return steps[0], steps[-1]

    def test_windows_go_where_the_name_says(self):
        for name, axis, sign in (("pans left", 0, -1), ("pans right", 0, 1), ("tilts up", 1, -1), ("tilts down", 1, 1)):
            first, last = self.ends(f"the camera {name}")
            self.assertGreater(sign * (last[axis] - first[axis]), 0.1, name)
            self.assertAlmostEqual(first[1 - axis], last[1 - axis])
            self.assertAlmostEqual(first[2], last[2])

    def test_zooming_in_shows_less_and_less(self):
        self.assertGreater(*[size for _, _, size in self.ends("the camera zooms in")])
        self.assertLess(*[size for _, _, size in self.ends("the camera zooms out")])

    def test_a_still_camera_stays(self):
        self.assertEqual(*self.ends("the camera stays still"))

    def test_windows_stay_inside_the_picture(self):
        for name in motion.MOTIONS:
            for seed in range(20):
                for left, top, size in motion.windows(name, seed):
                    self.assertTrue(min(left, top) >= -1e-9 and max(left, top) + size <= 1 + 1e-9, (name, seed))


class Subtitles(unittest.TestCase):
    def test_words_count_at_their_place_behind_what_introduces_them(self):
        line = ["two", "dogs", "run"]
        self.assertEqual((3, True), subtitles.repeated("grass, the camera pans left, the words say two dogs run", line))
        self.assertEqual((1, False), subtitles.repeated("grass, the words say two cats", line))
        self.assertEqual((3, False), subtitles.repeated("the words say two dogs run fast", line))
        self.assertEqual((0, False), subtitles.repeated("two dogs run", line))

    def test_of_a_long_line_the_beginning_counts(self):
        line = "one two three four five six seven eight".split()
        self.assertEqual((6, True), subtitles.repeated("the words say one two three four five six", line))

    def test_lines_are_beginnings_of_captions_and_the_same_for_a_seed(self):
        references = [["A brown dog, running fast."], ["Two men sit."]]
        lines = subtitles.lines_of(references, 50, seed=1)
        self.assertEqual(lines, subtitles.lines_of(references, 50, seed=1))
        starts = {("a", "brown", "dog"), ("two", "men", "sit")}
        self.assertEqual(starts, {tuple(line[:3]) for line in lines})
        self.assertTrue(all(3 <= len(line) <= 8 for line in lines))


if __name__ == "__main__":
    unittest.main()
