"""Learning to see what the picture teacher sees: the same views at the same moment, patiently.

Beyer et al., "Knowledge distillation: a good teacher is patient and consistent" (CVPR 2022): teacher and student see the
very same view, cut at random and mixed with another picture, so that few pictures make endlessly many questions.
Shapes: n views, N student's places, K components.
"""
import numpy as np
import torch
import torch.nn.functional as F

from .augment import WHOLE, colour_jitter, random_pieces, resize, views
from .losses import cosine_distance, logit_distillation
from .phrases import choose
from .picture_teacher import GRID, SIDE
from .pictures import normalise


def imitation_loss(model, heads, corpus, rng, given):
    """`pictures` random views; the student's tokens, pooled vector and classes against the teacher's."""
    pixels = question_views(corpus.pictures, model.device, rng, given)
    logits, taught = corpus.picture_teacher(model.device)(pixels)
    small = normalise(resize(pixels, choose(rng, given["sides"]))).contiguous(memory_format=torch.channels_last)
    tokens, vectors = model.picture(small)
    places = teacher_map(taught, int(tokens.shape[1] ** 0.5))
    return {"tokens": cosine_distance(heads.picture_tokens(tokens), places),
            "anchor": cosine_distance(vectors, corpus.anchors.of_pictures(taught.mean(1).cpu())),
            "logits": logit_distillation(heads.picture_logits(tokens.mean(1)), logits)}


def question_views(data, device, rng, given):
    """-> [n,3,224,224] in 0..255; `whole` of them show the whole picture, `mixed` of them a second one through it"""
    count = given["pictures"]
    boxes = np.where(rng.random((count, 1)) < given["whole"], WHOLE, random_pieces(count, rng))
    cut = views(data.at(rng.integers(0, data.count, count), device), boxes, rng.random(count) < 0.5, SIDE)
    return mixed(colour_jitter(cut, rng), rng, given["mixed"])


def mixed(pixels, rng, share):
    """Zhang et al., "mixup" (ICLR 2018): `share` of the views are laid over their neighbour, which keeps up to a half."""
    kept = np.where(rng.random(len(pixels)) < share, rng.uniform(0.5, 1, len(pixels)), 1)
    kept = torch.from_numpy(kept).float().to(pixels.device).view(-1, 1, 1, 1)
    return pixels * kept + pixels.roll(1, 0) * (1 - kept)


def teacher_map(seen, grid):
    """[n,49,K] -> [n,grid*grid,K]"""
    maps = seen.transpose(1, 2).unflatten(2, (GRID, GRID))
    return F.interpolate(maps, (grid, grid), mode="bilinear", align_corners=False).flatten(2).transpose(1, 2)
