"""No recording in both splits: what was cut from a recording of the test split is left out of training."""
import sys
import unittest
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))
from sensorium_recipe.recordings import leaked, recording_of  # noqa: E402

AXES = np.eye(4, dtype=np.float32)


def item(split, recording=None, name="rain"):
    return {"split": split, "class": name, "recording": recording}


class Names(unittest.TestCase):
    def recording(self, file):
        return recording_of({"file": file})

    def test_slices_of_one_recording_share_it(self):
        self.assertEqual("freesound:100032", self.recording("siren/100032-8-0-0.wav"))
        self.assertEqual("freesound:100032", self.recording("siren/100032-8-1-12.opus"))

    def test_takes_of_one_recording_share_it_across_sources(self):
        self.assertEqual("freesound:100032", self.recording("1-100032-A.ogg"))
        self.assertEqual("freesound:100032", self.recording("dog/1-100032-B-0.wav"))

    def test_numbers_alone_say_nothing(self):
        self.assertIsNone(self.recording("rain/00040.opus"))
        self.assertIsNone(self.recording("7_jackson_32.wav"))

    def test_a_column_comes_first(self):
        self.assertEqual("x", recording_of({"file": "100032-8-0-0.wav", "recording": "x"}))


class Leaked(unittest.TestCase):
    def test_a_recording_of_the_test_split_is_left_out(self):
        items = [item("train", "a"), item("train", "b"), item("test", "a"), item("train")]
        self.assertEqual([0], leaked(items, AXES))

    def test_unknown_recordings_are_not_one_recording(self):
        self.assertEqual([], leaked([item("train"), item("test")], AXES[:2]))

    def test_what_sounds_like_a_test_sound_is_left_out(self):
        near = AXES[0] + 0.1 * AXES[1]  # cosine 0.995
        far = AXES[0] + 0.3 * AXES[1]  # cosine 0.958
        items = [item("train"), item("train"), item("test")]
        self.assertEqual([0], leaked(items, np.stack([3 * near, far, AXES[0]])))

    def test_another_name_does_not_save_what_sounds_the_same(self):
        self.assertEqual([0], leaked([item("train", "a"), item("test", "b")], np.stack([AXES[0], AXES[0]])))

    def test_digits_are_told_by_name_alone(self):
        items = [item("train", None, "digit two"), item("train", "a", "digit two"), item("test", "a", "digit two")]
        self.assertEqual([1], leaked(items, np.stack([AXES[0]] * 3)))

    def test_nothing_of_the_test_split_is_touched(self):
        items = [item("test", "a"), item("test", "a")]
        self.assertEqual([], leaked(items, AXES[:2]))


if __name__ == "__main__":
    unittest.main()
