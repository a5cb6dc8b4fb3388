"""Data folder -> arrays of pictures with the picture teacher's view of them."""
import json
from pathlib import Path

import numpy as np
import torch

from .onnx_runner import OnnxRunner
from .pictures import read_all

STORED_SIDE = 208
TEACHER_SIDE, TEACHER_WIDTH, TEACHER_CLASSES = 224, 1280, 1001
TEACHER_COMPONENTS = 256  # principal components that stand for the teacher's 1,280 channels
CHUNK = 32


def list_pictures(data):
    """Training pictures: Flickr8k's train split first, then the labelled ones (class = folder name)."""
    split = json.loads((data / "flickr8k_split.json").read_text())
    flickr = [(data / "flickr8k" / name, None) for name in split["train"]]
    labelled = sorted(path for path in (data / "labelled").rglob("*.*") if path.is_file())
    return flickr + [(path, "/".join(path.relative_to(data / "labelled").parts[:-1])) for path in labelled]


def teacher_views(runner, pixels):
    """uint8 [n,3,s,s] -> logits [n,1001], tokens [n,49,1280]"""
    large = torch.nn.functional.interpolate(pixels.float(), (TEACHER_SIDE, TEACHER_SIDE), mode="bilinear")
    large = (large / 127.5 - 1).contiguous(memory_format=torch.channels_last)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        seen = runner(pixel_values=large)
    return seen["logits"].float(), seen["tokens"].float()


def principal_axes(tokens):
    """Sample of tokens [n,1280] -> mean [1280], axes [1280,components] scaled to unit variance on average."""
    mean = tokens.mean(0)
    _, values, axes = torch.linalg.svd((tokens - mean).double(), full_matrices=False)
    kept = values[:TEACHER_COMPONENTS] / len(tokens) ** 0.5
    print(f"components keep {float((values[:TEACHER_COMPONENTS] ** 2).sum() / (values ** 2).sum()):.3f} of variance")
    return mean, (axes[:TEACHER_COMPONENTS].T / kept.pow(2).mean().sqrt()).float()


def prepare_pictures(data, work, teacher):
    """Writes pictures.npy, teacher_logits.npy, teacher_tokens.npy, pictures.json."""
    data, work = Path(data), Path(work)
    items, runner, axes = list_pictures(data), OnnxRunner(teacher), None
    count = len(items)
    open_array = lambda name, shape, kind: np.lib.format.open_memmap(work / name, "w+", kind, shape)
    stored = open_array("pictures.npy", (count, 3, STORED_SIDE, STORED_SIDE), np.uint8)
    for start in range(0, count, 1024):
        stored[start:start + 1024] = read_all([p for p, _ in items[start:start + 1024]], STORED_SIDE).numpy()
    (work / "pictures.json").write_text(json.dumps([[p.name, label] for p, label in items]))
    logits = open_array("teacher_logits.npy", (count, TEACHER_CLASSES), np.float16)
    reduced = open_array("teacher_tokens.npy", (count, 49, TEACHER_COMPONENTS), np.float16)
    sample = np.linspace(0, count - 1, 640).astype(int)
    seen = [teacher_views(runner, torch.from_numpy(stored[s]))[1] for s in np.split(sample, 20)]
    mean, axes = principal_axes(torch.cat(seen).flatten(0, 1)[::3])
    for start in range(0, count, CHUNK):
        chunk = slice(start, start + CHUNK)
        logits[chunk], tokens = teacher_views(runner, torch.from_numpy(stored[chunk]))
        reduced[chunk] = ((tokens - mean) @ axes).half()
        if start % (CHUNK * 50) == 0:
            print(f"pictures {start} of {count}", flush=True)
