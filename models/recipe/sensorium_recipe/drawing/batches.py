"""What the two trainings are fed with."""
import json

import numpy as np
import torch

from .schedule import question, spread_timesteps


def pixels_of(pictures):
    """uint8 -> -1..1"""
    return torch.from_numpy(pictures).float() / 127.5 - 1


def mirrored(x, rng):
    """About half of the rows, left for right."""
    rows = torch.from_numpy(rng.random(len(x)) < 0.5)
    x[rows] = x[rows].flip(-1)
    return x


class PictureBatches:
    """For the autoencoder."""

    def __init__(self, work, given, rng):
        self.pictures, self.given, self.rng = np.load(work / "drawn.npy", mmap_mode="r"), given, rng

    def loss(self, model):
        chosen = self.rng.integers(len(self.pictures), size=self.given["batch"])
        return model.loss(mirrored(pixels_of(self.pictures[chosen]), self.rng), self.given["square_weight"])


class LatentBatches:
    """For the denoiser: latents of pictures and of their mirror images, with one of the prompts of each."""

    def __init__(self, work, given, rng):
        items = json.loads((work / "drawn.json").read_text())
        self.labelled = sum(label is not None for _, label, _ in items)
        self.latents = np.load(work / "latents.npy", mmap_mode="r")
        self.words = np.load(work / "words.npy", mmap_mode="r")
        self.rows = [np.array(rows) for rows in json.loads((work / "words.json").read_text())["rows"]]
        self.given, self.rng = given, rng

    def loss(self, model):
        chosen = self._pictures()
        latents = torch.from_numpy(self.latents[chosen, self.rng.integers(2, size=len(chosen))]).float()
        timesteps = spread_timesteps(len(chosen))
        seen, velocity = question(latents, torch.randn_like(latents), timesteps)
        return (model(seen, timesteps, self._words(chosen)) - velocity).square().mean()

    def _pictures(self):
        """Some of those with a label, which are few for what they teach, and some of the others."""
        labelled = round(self.given["batch"] * self.given["labelled_share"])
        return np.concatenate([self.rng.integers(self.labelled, size=labelled),
                               self.rng.integers(self.labelled, len(self.latents), size=self.given["batch"] - labelled)])

    def _words(self, chosen):
        """Of some no words, so that guidance has something to lead away from. Row 0 is the empty prompt."""
        rows = [0 if self.rng.random() < self.given["wordless_share"] else self.rng.choice(self.rows[i]) for i in chosen]
        words = torch.from_numpy(self.words[rows]).float()
        return words[:, : int((words.abs().sum(-1) > 0).sum(1).max())]
