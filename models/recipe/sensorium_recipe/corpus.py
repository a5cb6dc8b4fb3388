"""Everything that training reads, opened once."""
import collections
import json
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import torch

from .anchors import Anchors
from .bank import Bank
from .picture_teacher import PictureTeacher
from .phrases import clean_caption, label_phrases
from .pictures import read_all
from .tokenizer import Tokenizer


def read_captions(path):
    """Lines `picture<TAB>caption` -> {picture: [caption, ...]}, cleaned."""
    captions = collections.defaultdict(list)
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        name, _, text = line.partition("\t")
        if text:
            captions[name].append(clean_caption(text))
    return captions


class Pictures:
    """Training pictures with what their teacher and their captions say. The captioned ones come first."""

    def __init__(self, data, work):
        items = json.loads((work / "pictures.json").read_text())
        opened = lambda name: np.load(work / name, mmap_mode="r")
        self.pixels, self.tokens = opened("pictures.npy"), opened("teacher_tokens.npy")
        captions = read_captions(data / "flickr8k_captions.tsv")
        self.captions = [captions[name] for name, label in items if label is None]
        self.phrases = {i: label_phrases(label) for i, (_, label) in enumerate(items) if label}
        self.labels = sorted(set(self.phrases.values()))
        self.captioned, self.count = len(self.captions), len(items)
        self.resident = None
        self.labelled = np.array([i for i, phrases in self.phrases.items() if phrases])

    def at(self, indices, device):
        """uint8 [k,3,s,s] on the device; a GPU keeps all pictures, because it is faster than what brings them."""
        if torch.device(device).type == "cpu":
            return torch.from_numpy(self.pixels[indices])
        if self.resident is None:
            self.resident = torch.from_numpy(np.asarray(self.pixels)).to(device)
        return self.resident[torch.from_numpy(indices).to(device)]

    @cached_property
    def pooled(self):
        """The teacher's mean token of every whole picture [n,K]"""
        return torch.from_numpy(self.tokens.mean(1, dtype=np.float32))


class Sounds:
    """Log-mel windows with classes, phrases and the teacher's view."""

    def __init__(self, work):
        self.items = json.loads((work / "sounds.json").read_text())
        self.mel = np.load(work / "sounds.npy", mmap_mode="r")
        self.teacher = torch.from_numpy(np.load(work / "sound_teacher.npy"))
        self.scores = torch.from_numpy(np.load(work / "sound_scores.npy"))
        self.classes = sorted({item["class"] for item in self.items})
        self.phrases = {item["class"]: item["captions"] for item in self.items}
        self.by_class = {split: collections.defaultdict(list) for split in ("train", "test", "leaked")}
        for i, item in enumerate(self.items):
            self.by_class[item["split"]][item["class"]].append(i)


class Corpus:
    """Pictures, sounds, tokenizer, and the pictures of the test split with their captions."""

    def __init__(self, data, work, tokenizer):
        self.data, self.work = Path(data), Path(work)
        self.tokenizer = Tokenizer.load(tokenizer)
        self.test_names = json.loads((self.data / "flickr8k_split.json").read_text())["test"]
        captions = read_captions(self.data / "flickr8k_captions.tsv")
        self.test_captions = [captions[name] for name in self.test_names]

    @cached_property
    def pictures(self):
        return Pictures(self.data, self.work)

    @cached_property
    def sounds(self):
        return Sounds(self.work)

    @cached_property
    def distilled(self):
        """A caption of each captioned picture, by beam search"""
        return json.loads((self.work / "distilled.json").read_text())

    @lru_cache(maxsize=None)
    def picture_teacher(self, device):
        return PictureTeacher(self.work, device)

    @cached_property
    def anchors(self):
        return Anchors(self.work)

    @cached_property
    def bank(self):
        return Bank(self.work)

    def test_pixels(self, side):
        """uint8 [500,3,side,side]"""
        return read_all([self.data / "flickr8k" / name for name in self.test_names], side)
