"""Clips glued from two sources: does the half that a caption is about carry its similarity with the clip?"""
import random
import subprocess

import numpy as np

from explaining import spans_of
from motion import MOTIONS, write_clip
from sensorium_recipe.metrics import wilson_interval


def glue(paths, target):
    """Files of one form, one after the other."""
    inputs = [argument for path in paths for argument in ("-i", str(path))]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *inputs, "-filter_complex", f"concat=n={len(paths)}:v=1:a=0",
                    "-c:v", "libx264", "-preset", "veryfast", "-threads", "1", str(target)], check=True)
    return target


def moment_figures(service, pictures, captions, count, seed, work):
    rng = random.Random(seed)
    right = 0
    for number in range(count):
        chosen = rng.sample(range(len(pictures)), 2)
        halves = [work / f"half-{number}-{i}.mp4" for i in range(2)]
        for index, half in zip(chosen, halves):
            write_clip(pictures[index], rng.choice(MOTIONS), rng.randrange(1 << 30), half)
        clip = glue(halves, work / f"glued-{number}.mp4")
        about = rng.randrange(2)
        explanation = service.explain(clip.read_bytes(), captions[chosen[about]][0])
        spans = spans_of(explanation)
        middle = (spans[0][0] + spans[-1][1]) / 2
        later = np.array([(start + end) / 2 > middle for start, end in spans])
        weights = np.array(explanation.weights)
        right += (weights[later].mean() > weights[~later].mean()) == (about == 1)
        for path in (*halves, clip):
            path.unlink()
    return {"clips": count, "moment_acc": 100 * right / count, "moment_acc_interval": [100 * v for v in wilson_interval(right, count)]}
