"""Anchors of the joint space: canonical correlation analysis of what the picture teacher sees and the words of captions.

With few captions a closed form finds the directions that pictures and words share better than gradients do.
Hotelling, "Relations between two sets of variates" (1936); weighting by the correlations after Gong et al., "A
multi-view embedding space for modeling internet images, tags, and their semantics" (IJCV 2014), section 3.2, with the
first power instead of the fourth, which found more of held-out training pictures.

Shapes: n pictures, m captions, K teacher components, W words, A anchors' components, D joint space.
"""
import json
import re
from collections import Counter
from functools import cached_property

import numpy as np
import torch
import torch.nn.functional as F

COMPONENTS, RAREST_WORD, SEED = 128, 5, 2
PICTURE_RIDGE, WORD_RIDGE = 0.1, 1.0  # of the mean variance


def words_of(caption):
    return re.findall("[a-z]+", caption)


class WordVectors:
    """Captions as weighted sets of words: inverse document frequency, length 1."""

    def __init__(self, vocabulary, weights):
        self.number = {word: i for i, word in enumerate(vocabulary)}
        self.weights = torch.as_tensor(weights, dtype=torch.float32)

    @classmethod
    def of(cls, captions):
        counts = Counter(word for caption in captions for word in set(words_of(caption)))
        vocabulary = sorted(word for word, count in counts.items() if count >= RAREST_WORD)
        return cls(vocabulary, [np.log(len(captions) / counts[word]) for word in vocabulary])

    def knows(self, words):
        return bool(words) and all(word in self.number for word in words)

    def __call__(self, captions):
        """-> [m,W]"""
        found = torch.zeros(len(captions), len(self.number))
        for row, caption in zip(found, captions):
            row[[self.number[word] for word in words_of(caption) if word in self.number]] = 1
        return F.normalize(found * self.weights, dim=-1)


def inverse_root(covariance, ridge):
    """C -> (C + ridge * mean variance)^(-1/2)"""
    values, vectors = torch.linalg.eigh(covariance + ridge * covariance.diag().mean() * torch.eye(len(covariance)))
    return vectors @ torch.diag(values ** -0.5) @ vectors.T


def canonical_axes(first, second):
    """Centred [m,K], [m,W] -> axes [K,A], [W,A], weighted by their correlations."""
    count = len(first)
    left = inverse_root(first.T @ first / count, PICTURE_RIDGE)
    right = inverse_root(second.T @ second / count, WORD_RIDGE)
    u, correlations, v_transposed = torch.linalg.svd(left @ (first.T @ second / count) @ right, full_matrices=False)
    weigh = lambda axes: axes[:, :COMPONENTS] * correlations[:COMPONENTS]
    return weigh(left @ u), weigh(right @ v_transposed.T)


class Anchors:
    """Vectors of length 1 in the joint space [.,D] for teacher tokens and for captions."""

    def __init__(self, folder):
        self.folder = folder
        self.axes = {name: torch.from_numpy(a) for name, a in np.load(folder / "anchors.npz").items()}
        self.words = WordVectors(json.loads((folder / "anchor_words.json").read_text()), self.axes["word_weights"])


    @cached_property
    def classes(self):
        """Names of things and their anchors [m,D] (`class_anchors.py`)"""
        return (json.loads((self.folder / "class_names.json").read_text()),
                torch.from_numpy(np.load(self.folder / "class_anchors.npy")))

    def of_pictures(self, pooled):
        """The teacher's mean tokens [n,K]"""
        return self._place(pooled.float() - self.axes["picture_mean"], self.axes["picture"])

    def of_captions(self, captions):
        return self._place(self.words(captions) - self.axes["word_mean"], self.axes["word"])

    def _place(self, centred, axes):
        return F.normalize(centred @ axes, dim=-1) @ self.axes["basis"]


def prepare_anchors(work, tokens, captions, width):
    """The teacher's tokens of whole pictures [n,49,K] and the captions of each -> anchors.npz, anchor_words.json

    `width` of the joint space must be COMPONENTS or more.
    """
    pooled = torch.from_numpy(np.asarray(tokens[:len(captions)])).float().mean(1)
    flat = [caption for several in captions for caption in several]
    repeat = torch.tensor([len(several) for several in captions])
    words = WordVectors.of(flat)
    first, second = pooled.repeat_interleave(repeat, 0), words(flat)
    means = first.mean(0), second.mean(0)
    picture, word = canonical_axes(first - means[0], second - means[1])
    drawn = torch.randn(width, picture.shape[1], generator=torch.Generator().manual_seed(SEED))
    basis = torch.linalg.qr(drawn)[0].T
    np.savez(work / "anchors.npz", picture_mean=means[0], picture=picture, word_mean=means[1], word=word,
             word_weights=words.weights, basis=basis)
    (work / "anchor_words.json").write_text(json.dumps(list(words.number)))
