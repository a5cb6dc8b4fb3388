"""What the picture encoder, as it is then, says of many views and clips, stored.

While the encoder is frozen, everything behind it learns several times as fast from what is stored. Where it moves on (`look`),
what is stored stays that of the encoder before, and has to be filled anew.
"""
import json
from functools import cached_property

import numpy as np
import torch
import torch.nn.functional as F

from .augment import picture_views
from .clip_encoder import DISPLACEMENTS
from .clips import random_clip, reversed_motion
from .pictures import normalise
from .precision import mixed_precision

CHUNK = 64
SMALLEST_CROP = 0.75


class Bank:
    """Plain (unmarked) tokens in float16: `views` [V,n,N,D]; of clips, already pooled, `clips` [m,F,16,D] and `moves`.

    Every clip is there forwards and backwards, one after the other.
    """

    def __init__(self, folder):
        self.folder = folder

    @cached_property
    def views(self):
        return np.load(self.folder / "bank_views.npy", mmap_mode="r")

    @cached_property
    def clips(self):
        return np.load(self.folder / "bank_clips.npy", mmap_mode="r")

    @cached_property
    def moves(self):
        return np.load(self.folder / "bank_moves.npy", mmap_mode="r")

    @cached_property
    def clip_facts(self):
        return json.loads((self.folder / "bank_clips.json").read_text())

    def pictures(self, indices, rng):
        """[k] -> [k,N,D]: for each picture one of its views"""
        which = rng.integers(0, len(self.views), len(indices))
        return torch.from_numpy(np.stack([self.views[v, i] for v, i in zip(which, indices)])).float()

    def random_clips(self, rng, count):
        """-> tokens [count,F,16,D], movement [count,F,16,K], numbers of the pictures, numbers of the motions"""
        chosen = rng.integers(0, len(self.clips), count)
        read = lambda stored: torch.from_numpy(np.stack([stored[i] for i in chosen])).float()
        pictures, motions = zip(*(self.clip_facts[i] for i in chosen))
        return read(self.clips), read(self.moves), list(pictures), list(motions)


@torch.no_grad()
def encode(model, views):
    views = views.to(model.device).contiguous(memory_format=torch.channels_last)
    with mixed_precision(model.device):
        return model.picture(views)[0].float().cpu()


def plain_view(pixels, side):
    """As the service sees a picture; the first view of each."""
    shape = (side, side)
    small = F.interpolate(pixels.float(), shape, mode="bicubic", align_corners=False, antialias=True)
    return normalise(small.clamp(0, 255))


def fill_views(model, pictures, folder, side, count, rng):
    tokens = (side // 16) ** 2
    views = np.lib.format.open_memmap(folder / "bank_views.npy", "w+", np.float16,
                                      (count, pictures.count, tokens, model.config.width))
    for number in range(count):
        for start in range(0, pictures.count, CHUNK):
            pixels = torch.from_numpy(pictures.pixels[start:start + CHUNK])
            seen = picture_views(pixels, side, rng, SMALLEST_CROP) if number else plain_view(pixels, side)
            views[number, start:start + CHUNK] = encode(model, seen).half()
        print(f"views {number + 1} of {count}", flush=True)


@torch.no_grad()
def fill_clips(model, pictures, folder, side, count, frames, rng):
    places, kept = model.clip.GRID ** 2, 2 * count
    open_array = lambda name, width: np.lib.format.open_memmap(
        folder / name, "w+", np.float16, (kept, frames, places, width))
    clips, moves = open_array("bank_clips.npy", model.config.width), open_array("bank_moves.npy", DISPLACEMENTS)
    facts, batch = [], CHUNK // frames
    for start in range(0, count, batch):
        made = [random_clip(pictures, rng, frames, side) for _ in range(min(batch, count - start))]
        seen = encode(model, normalise(torch.cat([m[0] for m in made]))).view(len(made), frames, -1, model.config.width)
        both = torch.stack([seen, seen.flip(1)], 1).flatten(0, 1).to(model.device)
        rows = slice(2 * start, 2 * start + len(both))
        clips[rows], moves[rows] = (model.clip.pool(t).half().cpu() for t in (both, model.clip.movement(both)))
        for _, picture, motion in made:
            facts += [(picture, motion), (picture, reversed_motion(motion))]
        if start % (batch * 50) == 0:
            print(f"clips {start} of {count}", flush=True)
    (folder / "bank_clips.json").write_text(json.dumps(facts))


def fill_bank(model, pictures, folder, given, seed):
    """given: side, views, clips, frames"""
    rng = np.random.default_rng(seed)
    model.eval()
    model.picture.to(memory_format=torch.channels_last)
    fill_views(model, pictures, folder, given["side"], given["views"], rng)
    fill_clips(model, pictures, folder, given["side"], given["clips"], given["frames"], rng)
