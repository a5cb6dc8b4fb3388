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


def chances(pictures, picture, temperature):
    """How likely each caption of a picture is drawn: exp(agreement / temperature), adding up to one."""
    weights = np.exp(agreement(pictures, picture) / temperature)
    return weights / weights.sum()


def draw_captions(pictures, picture, rng, count, temperature=None):
    """`count` different captions of a picture, by their `chances`; without a temperature all are equal, and none is scored."""
    likely = None if temperature is None else chances(pictures, picture, temperature)
    return rng.choice(pictures.captions[picture], count, replace=False, p=likely).tolist()
