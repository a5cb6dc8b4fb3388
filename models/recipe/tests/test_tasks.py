"""Every task reaches the weights that it is there to train, under the autocast of the training loop."""
import sys
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).parent.parent))
from sensorium_recipe import tell_task  # noqa: E402
from sensorium_recipe.clip_encoder import DISPLACEMENTS  # noqa: E402
from sensorium_recipe.decode import draw  # noqa: E402
from sensorium_recipe.heads import Heads, SOUND_TEACHER_CLASSES, SOUND_TEACHER_WIDTH  # noqa: E402
from sensorium_recipe.model import ModelConfig, SensoriumModel  # noqa: E402
from sensorium_recipe.precision import mixed_precision  # noqa: E402
from sensorium_recipe.peers import Peers  # noqa: E402
from sensorium_recipe.picture_teacher import CLASSES, COMPONENTS  # noqa: E402
from sensorium_recipe.tasks import TASKS  # noqa: E402
from sensorium_recipe.tokenizer import Tokenizer  # noqa: E402
from sensorium_recipe.train import Average  # noqa: E402
from sensorium_recipe.words_task import LINE_WORDS, MARKS, PASSAGE_WORDS, REPEATED_WORDS, random_words  # noqa: E402

CONFIG = ModelConfig(vocabulary=259, width=16, heads=2, max_tokens=64, dropout=0.1, picture_channels=(8, 8, 16, 16),
                     picture_layers=1, text_layers=1, sound_channels=(4, 4, 8), sound_layers=1, clip_layers=1,
                     decoder_layers=1)
COUNT, CAPTIONED, FRAMES, PLACES = 8, 6, 3, 16
DRAWN = torch.Generator().manual_seed(1)


def unit_rows(*shape):
    return torch.nn.functional.normalize(torch.randn(*shape, generator=DRAWN), dim=-1)


class Pictures(SimpleNamespace):
    """Hashable, because the scorer of captions is kept for each set of pictures."""
    __hash__ = object.__hash__


class Bank:
    def pictures(self, indices, rng):
        return torch.randn(len(indices), PLACES, CONFIG.width, generator=DRAWN)

    def random_clips(self, rng, count):
        moves = torch.rand(count, FRAMES, PLACES, DISPLACEMENTS, generator=DRAWN)
        return (torch.randn(count, FRAMES, PLACES, CONFIG.width, generator=DRAWN), moves,
                rng.integers(0, CAPTIONED, count).tolist(), rng.integers(0, 11, count).tolist())


def corpus():
    """Eight pictures, two of them labelled, and four sounds of two classes."""
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (COUNT, 3, 40, 40), np.uint8)
    pictures = Pictures(
        at=lambda indices, device: torch.from_numpy(pixels[indices]),
        pooled=torch.randn(COUNT, COMPONENTS, generator=DRAWN), count=COUNT, captioned=CAPTIONED,
        captions=[[f"a dog number {i} runs on grass", "a dog runs"] for i in range(CAPTIONED)],
        phrases={6: ("a cup",), 7: ("a car", "the car")}, labels=[("a car", "the car"), ("a cup",)],
        labelled=np.array([6, 7]))
    items = [{"frames": 200, "captions": ["a bell rings"]}] * 4
    sounds = SimpleNamespace(
        items=items, classes=["bell", "rain"], by_class={"train": {"bell": [0, 1], "rain": [2, 3]}},
        mel=rng.normal(size=(4, 80, 500)).astype(np.float32), scores=torch.rand(4, SOUND_TEACHER_CLASSES, generator=DRAWN),
        teacher=torch.randn(4, SOUND_TEACHER_WIDTH, generator=DRAWN))
    anchors = SimpleNamespace(of_pictures=lambda pooled: unit_rows(len(pooled), CONFIG.width),
                              of_captions=lambda captions: unit_rows(len(captions), CONFIG.width),
                              classes=(["cup", "car"], unit_rows(2, CONFIG.width)))
    return SimpleNamespace(pictures=pictures, sounds=sounds, anchors=anchors, bank=Bank(), tokenizer=Tokenizer([]),
                           distilled=[f"number {i}" for i in range(COUNT)],
                           picture_teacher=lambda device: picture_teacher)


def picture_teacher(views):
    return (torch.randn(len(views), CLASSES, generator=DRAWN), torch.randn(len(views), 49, COMPONENTS, generator=DRAWN))


# Task -> what its section of the configuration file says, parts that it must reach, parts that it must not.
EXPECTED = {
    "imitation": ({"pictures": 4, "sides": [32], "whole": 0.5, "mixed": 0.5}, ["picture."], ["decoder.", "text."]),
    "picture": ({"items": 4, "labelled": 2, "captions_each": 2, "consensus": 0.5, "smoothing": 0.1},
                ["decoder."], ["text.blocks"]),
    "seen_picture": ({"items": 4, "labelled": 2, "captions_each": 2, "smoothing": 0.1, "side": 32, "smallest": 0.6,
                      "names": 2}, ["decoder.", "text.", "picture."], ["sound."]),
    "distilled": ({"items": 4, "side": 32, "smallest": 0.6, "smoothing": 0.0}, ["decoder."], ["text.blocks", "picture."]),
    "align": ({"items": 4, "labelled": 2, "names": 2}, ["text.", "picture.projection"], ["decoder."]),
    "repeating": ({"items": 4, "smoothing": 0.0}, ["decoder.", "text.blocks"], ["picture."]),
    "self_critical": ({"items": 3, "samples": 2, "side": 32, "smallest": 0.6}, ["decoder."], ["text.blocks", "picture."]),
    "hearing": ({"sounds": 4}, ["sound.blocks", "sound.convolutions"], ["text.", "decoder."]),
    "sound": ({"sounds": 4}, ["sound.", "text.", "decoder."], ["picture."]),
    "watching": ({"clips": 4}, ["clip.blocks", "clip.projection"], ["decoder.", "text."]),
    "fusion": ({"media": ["text", "audio", "video"], "items": 4}, ["decoder.", "text.blocks", "clip.blocks"], ["sound."]),
}


class Gradients(unittest.TestCase):
    def test_there_is_one_expectation_for_each_task(self):
        self.assertEqual(set(EXPECTED), set(TASKS))

    def test_tasks_reach_what_they_train(self):
        for name, (given, reached, spared) in EXPECTED.items():
            with self.subTest(name):
                torch.manual_seed(0)
                model, heads = SensoriumModel(CONFIG).train(), Heads(CONFIG.width)
                with mixed_precision(model.device):
                    losses = TASKS[name](model, heads, corpus(), np.random.default_rng(3), given)
                sum(loss for loss in losses.values() if loss.requires_grad).backward()
                without = {n for n, p in model.named_parameters() if p.grad is None}
                self.assertEqual({n for n in without if n.startswith(tuple(reached))}, set())
                self.assertEqual({n for n, _ in model.named_parameters() if n.startswith(tuple(spared))} - without, set())


class Names(unittest.TestCase):
    def said(self, told):
        given = {**EXPECTED["seen_picture"][0], "told": told}
        with mock.patch.object(tell_task, "telling_loss") as telling:
            TASKS["seen_picture"](SensoriumModel(CONFIG), None, corpus(), np.random.default_rng(3), given)
        (_, _, plain, said, _), _ = telling.call_args
        self.assertEqual(len(plain) * given["captions_each"], len(said))
        return sum(text in ("a cup", "a car", "the car") for text in said)

    def test_as_many_labelled_pictures_are_told_as_the_task_says(self):
        self.assertEqual([self.said(told) for told in (0, 1, 2)], [0, 2, 4])


class Draw(unittest.TestCase):
    def test_tokens_come_as_often_as_they_are_likely(self):
        torch.manual_seed(0)
        chances = torch.tensor([0.5, 0.3, 0.0, 0.2])
        drawn = torch.bincount(draw(chances.log().repeat(20000, 1)), minlength=4) / 20000
        self.assertLess((drawn - chances).abs().max().item(), 0.015)
        self.assertEqual(drawn[2].item(), 0)


class Subtitles(unittest.TestCase):
    def test_the_caption_repeats_the_beginning_without_marks(self):
        rng, some = np.random.default_rng(0), corpus()
        for longest in [LINE_WORDS, PASSAGE_WORDS] * 100:
            whole, repeated = random_words(some, rng, longest)
            plain = [word.rstrip(MARKS) for word in whole.split()]
            self.assertTrue(1 <= len(plain) <= longest)
            self.assertEqual(repeated.split(), plain[:REPEATED_WORDS])


class SharedWords(unittest.TestCase):
    """The table of words belongs to two modules, and is averaged once."""

    def setUp(self):
        torch.manual_seed(0)
        self.model, self.other = SensoriumModel(CONFIG), SensoriumModel(CONFIG)
        self.mine, self.theirs = (m.decoder.embedding.weight.detach().clone() for m in (self.model, self.other))

    def test_in_the_moving_average(self):
        average = Average(self.model, 0.9)
        average.update(self.other)
        expected = torch.lerp(self.mine, self.theirs, 1 - 2 / 11)
        self.assertTrue(torch.allclose(average.model.decoder.embedding.weight, expected, atol=1e-6))

    def test_between_peers(self):
        Peers._take(self.model, {"model": self.other.state_dict(), "made": 1}, 3)
        expected = torch.lerp(self.mine, self.theirs, 0.25)
        self.assertTrue(torch.allclose(self.model.decoder.embedding.weight, expected, atol=1e-6))


if __name__ == "__main__":
    unittest.main()
