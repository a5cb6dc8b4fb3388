"""Random views of pictures and sounds.

Shapes: n pictures, s side as stored, S side.
"""
import numpy as np
import torch
import torch.nn.functional as F

from .pictures import normalise

WHOLE = np.float32([0, 0, 1, 1])
SMALLEST_PIECE, STRETCH = 0.45, 0.25  # of the picture's sides; logarithm of the ratio of the sides


def random_pieces(count, rng, smallest=SMALLEST_PIECE, stretch=STRETCH):
    """-> boxes [count,4]: top, left, height, width in fractions of the picture"""
    size, ratio = rng.uniform(smallest, 1, count), np.exp(rng.uniform(-stretch, stretch, count))
    sides = np.stack([size * ratio ** 0.5, size / ratio ** 0.5], 1).clip(max=1)
    return np.concatenate([rng.uniform(0, 1, (count, 2)) * (1 - sides), sides], 1).astype(np.float32)


def views(pixels, boxes, mirrored, side):
    """Of each picture its own piece: [n,3,s,s], boxes [n,4], mirrored [n] -> float [n,3,side,side] in 0..255"""
    top, left, height, width = np.asarray(boxes, np.float32).T
    sign, zero = np.where(mirrored, -1, 1), np.zeros(len(boxes))
    # From places of the view to places of the picture, both in -1..1.
    maps = np.stack([np.stack([width * sign, zero, 2 * left + width - 1], 1),
                     np.stack([zero, height, 2 * top + height - 1], 1)], 1)
    maps = torch.from_numpy(maps).float().to(pixels.device)
    grid = F.affine_grid(maps, (len(pixels), 3, side, side), align_corners=False)
    return F.grid_sample(pixels.float(), grid, padding_mode="border", align_corners=False)


def picture_views(pixels, side, rng, smallest):
    """uint8 [n,3,s,s] -> normalised [n,3,side,side], cropped, mirrored and recoloured"""
    count, stored = len(pixels), pixels.shape[-1]
    pieces = views(pixels, random_pieces(count, rng, smallest), rng.random(count) < 0.5, stored)
    return normalise(colour_jitter(resize(pieces, side), rng)).contiguous(memory_format=torch.channels_last)


def cut(pixels, box):
    """Fractions of the picture -> pixels."""
    size = pixels.shape[-1]
    top, left, height, width = (round(x * size) for x in box)
    return pixels[..., top:top + height, left:left + width]


def resize(pixels, side):
    return F.interpolate(pixels, (side, side), mode="bilinear", align_corners=False, antialias=True)


def colour_jitter(pixels, rng):
    """Brightness, contrast and saturation of each picture; now and then a blur of all, so that sharpness tells nothing
    of the source."""
    factor = lambda low, high: torch.from_numpy(rng.uniform(low, high, (len(pixels), 1, 1, 1))).float().to(pixels.device)
    mean = pixels.mean((1, 2, 3), keepdim=True)
    pixels = (pixels - mean) * factor(0.75, 1.25) + mean * factor(0.8, 1.2)
    grey = pixels.mean(1, keepdim=True)
    pixels = grey + (pixels - grey) * factor(0.7, 1.3)
    if rng.random() < 0.25:
        side = pixels.shape[-1]
        pixels = resize(resize(pixels, int(side * rng.uniform(0.5, 0.9))), side)
    return pixels.clamp(0, 255)


def mel_views(mel, frames, rng):
    """Log-mel [n,80,500] of sounds that last `frames` -> shifted in time, louder or softer, partly hidden."""
    views = mel.clone()
    for view, length in zip(views, frames):
        room = view.shape[1] - length
        shift = int(rng.integers(0, room + 1)) if room > 0 else int(rng.integers(0, view.shape[1]))
        view.copy_(torch.roll(view, shift, 1))
        floor = view.min()
        for _ in range(2):
            band, width = int(rng.integers(0, 70)), int(rng.integers(0, 14))
            view[band:band + width] = floor
            start, span = int(rng.integers(0, 450)), int(rng.integers(0, 60))
            view[:, start:start + span] = floor
        tilt = torch.linspace(-1, 1, view.shape[0])[:, None] * rng.uniform(-0.15, 0.15)
        view.add_(tilt + rng.uniform(-0.2, 0.2))
    return views


def mix_mel(first, second, share):
    """Two log-mel windows heard together; `share` [n] is the first one's part of the power."""
    power = lambda mel: 10 ** (mel * 4 - 4)
    share = share.view(-1, 1, 1)
    mixed = (power(first) * share + power(second) * (1 - share)).clamp(min=1e-10).log10()
    return (torch.maximum(mixed, mixed.amax((1, 2), keepdim=True) - 8) + 4) / 4
