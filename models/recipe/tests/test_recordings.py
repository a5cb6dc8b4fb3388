"""No recording in both splits: what was cut from a recording of the test split is left out of training."""
import sys
import unittest
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).parent.parent))
from sensorium_recipe.recordings import LEAST_TRAINING, leaked, recording_of, separated  # noqa: E402
from sensorium_recipe.shared_audio import RATE, linked, share_audio, shared_with_test  # noqa: E402

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


def leaks(items, embeddings, shared=None):
    return leaked(items, embeddings, [False] * len(items) if shared is None else shared)


class Leaked(unittest.TestCase):
    def test_a_recording_of_the_test_split_is_left_out(self):
        items = [item("train", "a"), item("train", "b"), item("test", "a"), item("train")]
        self.assertEqual([0], leaks(items, AXES))

    def test_unknown_recordings_are_not_one_recording(self):
        self.assertEqual([], leaks([item("train"), item("test")], AXES[:2]))

    def test_what_sounds_like_a_test_sound_is_left_out(self):
        near = AXES[0] + 0.1 * AXES[1]  # cosine 0.995
        far = AXES[0] + 0.3 * AXES[1]  # cosine 0.958
        items = [item("train"), item("train"), item("test")]
        self.assertEqual([0], leaks(items, np.stack([3 * near, far, AXES[0]])))

    def test_another_name_does_not_save_what_sounds_the_same(self):
        self.assertEqual([0], leaks([item("train", "a"), item("test", "b")], np.stack([AXES[0], AXES[0]])))

    def test_digits_are_told_by_name_alone(self):
        items = [item("train", None, "digit two"), item("train", "a", "digit two"), item("test", "a", "digit two")]
        self.assertEqual([1], leaks(items, np.stack([AXES[0]] * 3)))

    def test_shared_audio_is_left_out_of_training_only(self):
        self.assertEqual([1], leaks([item("test"), item("train"), item("train")], AXES[:3], [True, True, False]))

    def test_nothing_of_the_test_split_is_touched(self):
        items = [item("test", "a"), item("test", "a")]
        self.assertEqual([], leaks(items, AXES[:2]))


class Separated(unittest.TestCase):
    def test_training_gives_way(self):
        items = [item("train", "a"), item("test", "a")] + [item("train")] * LEAST_TRAINING
        self.assertEqual(["leaked", "test"] + ["train"] * LEAST_TRAINING,
                         separated(items, np.eye(len(items)), [False] * len(items)))

    def test_a_class_of_one_recording_is_learned_and_not_measured(self):
        items = [item("train", name="silence"), item("test", name="silence")] + [item("train"), item("test")]
        self.assertEqual(["train", "leaked", "train", "test"], separated(items, AXES, [True, False, False, False]))


def noise(seconds, seed):
    return torch.randn(int(seconds * RATE), generator=torch.Generator().manual_seed(seed))


class SharedAudio(unittest.TestCase):
    RECORDING = noise(8, 0)

    def test_overlapping_cuts_are_found(self):
        first, second = self.RECORDING[:5 * RATE], self.RECORDING[3 * RATE:]  # two seconds of each are the same
        coded = 0.2 * second + 0.02 * noise(5, 1)
        self.assertEqual([True, False], share_audio([first, noise(5, 2)], [coded]).tolist())

    def test_pieces_between_link_the_far_ones(self):
        pieces = [self.RECORDING[start * RATE:(start + 2) * RATE] for start in (1, 2, 3, 5)]  # the last overlaps with none
        self.assertEqual([True, True, True, False], linked(pieces, [self.RECORDING[:2 * RATE]]).tolist())

    def test_other_cuts_of_a_recording_share_nothing(self):
        self.assertEqual([False], share_audio([self.RECORDING[:3 * RATE]], [self.RECORDING[4 * RATE:]]).tolist())

    def test_a_click_in_both_is_not_a_shared_stretch(self):
        first, second = 0.01 * noise(3, 3), 0.01 * noise(3, 4)
        first[5000:5003] += 5
        second[9000:9003] += 5
        self.assertEqual([False], share_audio([first], [second]).tolist())

    def test_a_hum_in_both_is_not_a_shared_stretch(self):
        hum = torch.sin(torch.arange(4 * RATE) * (2 * torch.pi * 200 / RATE))
        self.assertEqual([False], share_audio([hum + 0.1 * noise(4, 5)], [hum + 0.1 * noise(4, 6)]).tolist())

    def test_silence_is_not_a_shared_stretch(self):
        self.assertEqual([False], share_audio([torch.zeros(4 * RATE)], [torch.zeros(4 * RATE)]).tolist())

    def test_sounds_of_one_class_are_compared(self):
        wave = noise(6, 7).repeat_interleave(2)
        items = [item("train"), item("test"), item("train", name="siren"), item("test", name="siren")]
        waves = [wave[:8 * RATE], wave[4 * RATE:], wave, noise(6, 8).repeat_interleave(2)]
        self.assertEqual([True, False, False, False], shared_with_test(items, waves, 2 * RATE).tolist())


if __name__ == "__main__":
    unittest.main()
