"""Random views of pictures and sounds.

Shapes: n pictures, S side.
"""
import torch
import torch.nn.functional as F

from .pictures import normalise

GROUP = 8  # pictures that share a crop, so that resizing works on a batch


def random_crop(rng, smallest):
    """A box (top, left, height, width) as fractions of the picture."""
    height, width = rng.uniform(smallest, 1, 2)
    return rng.uniform(0, 1 - height), rng.uniform(0, 1 - width), height, width


def picture_views(pixels, side, rng, smallest):
    """uint8 [n,3,s,s] -> normalised [n,3,side,side], cropped, mirrored and recoloured"""
    views = []
    for group in pixels.split(GROUP):
        view = colour_jitter(resize(cut(group.float(), random_crop(rng, smallest)), side), rng)
        views.append(view.flip(3) if rng.random() < 0.5 else view)
    return normalise(torch.cat(views)).contiguous(memory_format=torch.channels_last)


def cut(pixels, box):
    """Fractions of the picture -> pixels."""
    size = pixels.shape[-1]
    top, left, height, width = (round(x * size) for x in box)
    return pixels[..., top:top + height, left:left + width]


def resize(pixels, side):
    return F.interpolate(pixels, (side, side), mode="bilinear", align_corners=False, antialias=True)


def colour_jitter(pixels, rng):
    """Brightness, contrast, saturation, and now and then a blur, so that sharpness tells nothing of the source."""
    mean = pixels.mean((1, 2, 3), keepdim=True)
    pixels = (pixels - mean) * rng.uniform(0.75, 1.25) + mean * rng.uniform(0.8, 1.2)
    grey = pixels.mean(1, keepdim=True)
    pixels = grey + (pixels - grey) * rng.uniform(0.7, 1.3)
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
