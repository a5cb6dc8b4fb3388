"""How far the captions that people wrote of one picture agree.

Phan et al., "Consensus-based sequence training for video captioning" (2017), weigh each caption by its CIDEr-D against the
others of its picture; here it is drawn as often as that says. What only one of five writers saw can hardly be learned.
"""
from functools import lru_cache

import numpy as np

from .metrics import CiderD


@lru_cache(maxsize=None)
def scorer_of(pictures):
    """Document frequencies of the training captions, and the references as vectors (computed when first asked)."""
    cider = CiderD(pictures.captions)
    return cider, lru_cache(maxsize=None)(lambda i: [cider.vectors(c) for c in pictures.captions[i]])


@lru_cache(maxsize=None)
def agreement(pictures, picture):
    """CIDEr-D of each caption of a picture (by number) against the others of it -> [captions]; on average 0.8 in Flickr8k."""
    cider, vectors = scorer_of(pictures)
    several = vectors(picture)
    others = [several[:i] + several[i + 1:] for i in range(len(several))]
    return np.array([cider.score(c, rest) if rest else 0.0 for c, rest in zip(pictures.captions[picture], others)])


def draw_captions(pictures, picture, rng, count, temperature):
    """`count` different captions of a picture, by chance: exp(agreement / temperature); at an infinite one all are equal."""
    chances = np.exp(agreement(pictures, int(picture)) / temperature)
    return rng.choice(pictures.captions[picture], count, replace=False, p=chances / chances.sum()).tolist()
