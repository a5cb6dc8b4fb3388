"""Clips with a known camera motion, made from stills."""
import subprocess

import numpy as np
from PIL import Image

FRAMES, RATE, SIDE = 24, 8, 208
SMALL, TRAVEL = 0.65, 0.9  # part of the picture that the window shows, part of the free way that it goes
# Centre of the window at the start and the end (right, down; 0 to 1 of the free way), and its size at both.
MOTIONS = {"the camera pans left": ((1, .5), (0, .5), SMALL, SMALL), "the camera pans right": ((0, .5), (1, .5), SMALL, SMALL),
           "the camera tilts up": ((.5, 1), (.5, 0), SMALL, SMALL), "the camera tilts down": ((.5, 0), (.5, 1), SMALL, SMALL),
           "the camera zooms in": ((.5, .5), (.5, .5), 1, .55), "the camera zooms out": ((.5, .5), (.5, .5), .55, 1),
           "the camera stays still": ((.5, .5), (.5, .5), SMALL, SMALL)}


def frames_of(picture, motion):
    """Windows of a PIL picture, one for each frame."""
    start, end, first, last = MOTIONS[motion]
    for time in np.linspace((1 - TRAVEL) / 2, (1 + TRAVEL) / 2, FRAMES):
        size = first + (last - first) * time
        left, top = ((a + (b - a) * time) * (1 - size) for a, b in zip(start, end))
        box = (left * picture.width, top * picture.height,
               (left + size) * picture.width, (top + size) * picture.height)
        yield picture.resize((SIDE, SIDE), Image.BICUBIC, box)


def write_clip(source, motion, path):
    """An mp4 of three seconds without sound."""
    raw = b"".join(f.tobytes() for f in frames_of(Image.open(source).convert("RGB"), motion))
    command = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{SIDE}x{SIDE}",
               "-r", str(RATE), "-i", "-", "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", str(path)]
    subprocess.run(command, input=raw, check=True)
