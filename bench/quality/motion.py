"""Does the caption of a clip name the camera's motion? Clips are mp4 files made from stills, sent through the service."""
import random
import subprocess
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from PIL import Image

from sensorium_recipe.metrics import wilson_interval

FRAMES, RATE, SIDE = 24, 8, 208
# Part of the picture that the window shows, and part of the free way that it goes: drawn anew for each clip.
WINDOW, TRAVEL = (0.55, 0.75), (0.6, 1.0)
# Centre of the window at the start and at the end (right, down; 0 to 1 of the free way); zooms: the size at both.
PLACES = {"the camera pans left": ((1, .5), (0, .5)), "the camera pans right": ((0, .5), (1, .5)),
          "the camera tilts up": ((.5, 1), (.5, 0)), "the camera tilts down": ((.5, 0), (.5, 1)),
          "the camera stays still": ((.5, .5), (.5, .5))}
ZOOMS = {"the camera zooms in": (1, 0), "the camera zooms out": (0, 1)}  # 1: all of the picture, 0: the window
MOTIONS = (*PLACES, *ZOOMS)
WORKERS = 2


def windows(motion, seed):
    """Left, top and size of the window in each frame, in fractions of the picture."""
    rng = random.Random(seed)
    window, travel = rng.uniform(*WINDOW), rng.uniform(*TRAVEL)
    for time in np.linspace(0.5 - travel / 2, 0.5 + travel / 2, FRAMES):
        first, last = ZOOMS.get(motion, (0, 0))
        size = window + (1 - window) * (first + (last - first) * time)
        start, end = PLACES.get(motion, ((.5, .5), (.5, .5)))
        yield (*((a + (b - a) * time) * (1 - size) for a, b in zip(start, end)), size)


def frames_of(picture, motion, seed):
    """Windows of a PIL picture, one for each frame."""
    for left, top, size in windows(motion, seed):
        box = (left * picture.width, top * picture.height,
               (left + size) * picture.width, (top + size) * picture.height)
        yield picture.resize((SIDE, SIDE), Image.BICUBIC, box)


def write_clip(source, motion, seed, path):
    """An mp4 of three seconds without sound."""
    raw = b"".join(f.tobytes() for f in frames_of(Image.open(source).convert("RGB"), motion, seed))
    command = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{SIDE}x{SIDE}",
               "-r", str(RATE), "-i", "-", "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p",
               "-threads", "1", str(path)]
    subprocess.run(command, input=raw, check=True)


def make_clips(paths, each, seed, work):
    """Every motion over other pictures -> [(path of the clip, motion)]"""
    plan = [(path, motion, seed + index * len(MOTIONS) + number, work / f"{number}-{index}.mp4")
            for number, motion in enumerate(MOTIONS) for index, path in enumerate(paths[number::len(MOTIONS)][:each])]
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(lambda arguments: write_clip(*arguments), plan))
    return [(clip, motion) for _, motion, _, clip in plan]


def motion_figures(service, clips, options):
    """clips: [(path, motion)]"""
    figures = {"clips": len(clips)}
    decodings = {"": {"num_beams": options.beams, "length_penalty": options.length_penalty},
                 "_greedy": {"num_beams": 1, "temperature": 0}}
    for suffix, parameters in decodings.items():
        captions = service.captions([clip for clip, _ in clips], **parameters)
        right = {motion: [] for motion in MOTIONS}
        for (_, motion), caption in zip(clips, captions):
            right[motion].append(motion in caption)
        hits = sum(map(sum, right.values()))
        figures[f"motion_acc{suffix}"] = 100 * hits / len(clips)
        figures[f"motion_acc{suffix}_interval"] = [100 * v for v in wilson_interval(hits, len(clips))]
        figures[f"motion_by_kind{suffix}"] = {m: f"{sum(r)} of {len(r)}" for m, r in right.items()}
    return figures
