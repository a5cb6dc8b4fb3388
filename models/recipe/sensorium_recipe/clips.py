"""Clips made from stills: a window that moves over a picture, or something that moves before it.

Shapes: F frames, S side. A box is (top, left, height, width) in fractions of the picture.
"""
import numpy as np
import torch

from .augment import colour_jitter, cut, resize
from .phrases import CAMERA_MOTIONS, MOTIONS

# Where the window's centre goes (down, right) per unit of time, for the motions that shift it.
SHIFTS = {"the camera pans left": (0, -1), "the camera pans right": (0, 1),
          "the camera tilts up": (-1, 0), "the camera tilts down": (1, 0),
          "something moves to the left": (0, -1), "something moves to the right": (0, 1),
          "something moves up": (-1, 0), "something moves down": (1, 0)}
# What a clip shows when it is played backwards.
REVERSED = {"left": "right", "right": "left", "up": "down", "down": "up", "in": "out", "out": "in"}
# The window's side at the near end of a zoom, and what the far end adds to it: from hardly seen to twofold.
NEAREST, ZOOM = (0.45, 0.85), (0.1, 0.5)
JITTER = 0.006  # a hand is never quite still


def camera_boxes(motion, frames, rng):
    """The window of each frame."""
    size, travel = rng.uniform(0.55, 0.75), rng.uniform(0.5, 1.0)
    down, right = SHIFTS.get(motion, (0, 0))
    place, boxes = rng.uniform(0.2, 0.8, 2), []
    near = rng.uniform(*NEAREST)
    far = min(1.0, near + rng.uniform(*ZOOM))
    for time in np.linspace(0, 1, frames):
        if motion == "the camera zooms in":
            size = far + (near - far) * time
        elif motion == "the camera zooms out":
            size = near + (far - near) * time
        centre = [0.5 + d * (time - 0.5) * travel if d else p for d, p in zip((down, right), place)]
        boxes.append(tuple(np.clip((1 - size) * c + rng.normal(0, JITTER), 0, 1 - size) for c in centre) + (size, size))
    return boxes


def object_places(motion, frames, rng):
    """Centre of the moving thing in each frame, in fractions of the picture."""
    along, travel, across = SHIFTS[motion], rng.uniform(0.4, 0.9), rng.uniform(0.25, 0.75)
    return [[0.5 + d * (time - 0.5) * travel if d else across for d in along]
            for time in np.linspace(0, 1, frames)]


def paste(picture, thing, centre):
    """Lays `thing` [3,h,h] with a soft round edge over `picture` [3,s,s], which is changed."""
    side, size = thing.shape[-1], picture.shape[-1]
    line = torch.linspace(-1, 1, side)
    mask = ((1.1 - (line[:, None] ** 2 + line[None] ** 2).sqrt()) * 6).clamp(0, 1)
    top, left = (int(np.clip(c * size - side / 2, 0, size - side)) for c in centre)
    spot = picture[:, top:top + side, left:left + side]
    spot.lerp_(thing, mask)


def make_clip(picture, thing, motion, frames, side, rng):
    """uint8 [3,s,s] x2 -> float [F,3,side,side] in 0..255 showing `motion`; `thing` is used if an object moves."""
    still = colour_jitter(picture[None].float(), rng)
    if motion in CAMERA_MOTIONS:
        views = [resize(cut(still, box), side) for box in camera_boxes(motion, frames, rng)]
    else:
        small = resize(thing[None].float(), int(picture.shape[-1] * rng.uniform(0.2, 0.4)))[0]
        box, views = camera_boxes("the camera stays still", 1, rng)[0], []
        for centre in object_places(motion, frames, rng):
            scene = still.clone()
            paste(scene[0], small, [b + c * s for b, c, s in zip(box[:2], centre, box[2:])])
            views.append(resize(cut(scene, box), side))
    flicker = torch.from_numpy(rng.normal(1, 0.01, (frames, 1, 1, 1))).float()
    return (torch.cat(views) * flicker).clamp(0, 255)


def reversed_motion(number):
    *before, last = MOTIONS[number].split()
    return MOTIONS.index(" ".join([*before, REVERSED.get(last, last)]))


def random_clip(pictures, rng, frames, side):
    """-> frames [F,3,side,side], number of the picture, number of the motion"""
    index, motion = int(rng.integers(pictures.captioned)), int(rng.integers(len(MOTIONS)))
    thing = torch.from_numpy(pictures.pixels[int(rng.choice(pictures.labelled))])
    still = torch.from_numpy(pictures.pixels[index])
    return make_clip(still, thing, MOTIONS[motion], frames, side, rng), index, motion
