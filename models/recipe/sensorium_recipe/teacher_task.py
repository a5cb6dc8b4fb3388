"""Learning to see what the picture teacher sees: the same pieces of the same pictures, patiently.

Beyer et al., "Knowledge distillation: a good teacher is patient and consistent" (CVPR 2022): the student must see
the very view of which the teacher spoke. Shapes: n views, V stored views of a picture, N places, K components.
"""
import numpy as np
import torch
import torch.nn.functional as F

from .augment import colour_jitter, cut, resize
from .losses import cosine_distance, logit_distillation
from .phrases import choose
from .pictures import normalise
from .prepare_pictures import TEACHER_GRID


def imitation_loss(model, heads, corpus, rng, given):
    """`pictures` random views; the student's tokens, pooled vector and classes against the teacher's."""
    data, count = corpus.pictures, given["pictures"]
    views = rng.choice(len(data.boxes), count, p=view_chances(data, given))
    chosen = list(zip(views, rng.integers(0, data.count, count)))
    mirrored = torch.from_numpy(rng.random(count) < 0.5)
    pixels = student_views(data, chosen, choose(rng, given["sides"]), mirrored, rng).to(model.device)
    tokens, vectors = model.picture(pixels)
    taught = lambda table: torch.from_numpy(np.stack([table[view, i] for view, i in chosen])).float()
    seen = taught(data.tokens)
    places = teacher_map(seen, mirrored, int(tokens.shape[1] ** 0.5))
    return {"tokens": cosine_distance(heads.picture_tokens(tokens), places),
            "anchor": cosine_distance(vectors, corpus.anchors.of_pictures(seen.mean(1))),
            "logits": logit_distillation(heads.picture_logits(tokens.mean(1)), taught(data.logits).to(model.device))}


def view_chances(data, given):
    """The whole picture is what the service sees: it comes more often than each of its pieces."""
    chances = np.ones(len(data.boxes))
    chances[0] = given["whole"]
    return chances / chances.sum()


def student_views(data, chosen, side, mirrored, rng):
    """-> normalised [n,3,side,side]"""
    views = []
    for (view, i), flip in zip(chosen, mirrored):
        pixels = resize(cut(torch.from_numpy(data.pixels[i]), data.boxes[view, i])[None].float(), side)
        views.append(colour_jitter(pixels.flip(3) if flip else pixels, rng))
    return normalise(torch.cat(views)).contiguous(memory_format=torch.channels_last)


def teacher_map(seen, mirrored, grid):
    """[n,49,K], mirrored [n] -> [n,grid*grid,K]"""
    maps = seen.transpose(1, 2).unflatten(2, (TEACHER_GRID, TEACHER_GRID))
    maps = torch.where(mirrored[:, None, None, None], maps.flip(3), maps)
    return F.interpolate(maps, (grid, grid), mode="bilinear", align_corners=False).flatten(2).transpose(1, 2)
