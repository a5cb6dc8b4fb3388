"""Data folder -> arrays of pictures, and what the picture teacher says of the whole of each and of pieces of it.

Shapes: n pictures, V views of each (the first is the whole picture), K teacher components.
"""
import json
from pathlib import Path

import numpy as np
import torch

from .augment import cut, resize
from .onnx_runner import OnnxRunner
from .pictures import read_all
from .precision import mixed_precision

STORED_SIDE = 208
TEACHER_SIDE, TEACHER_GRID, TEACHER_CLASSES = 224, 7, 1001
TEACHER_COMPONENTS = 256  # principal components that stand for the teacher's 1,280 channels
CHUNK = 32
SAMPLE, SAMPLED_PLACES = 640, 3  # pictures, and every which place of them, that the components are found from
PIECES, SEED = 5, 1
SMALLEST_PIECE, STRETCH = 0.45, 0.25  # of the picture's sides; logarithm of the ratio of the sides


def list_pictures(data):
    """Training pictures: Flickr8k's train split first, then the labelled ones (class = folder name)."""
    split = json.loads((data / "flickr8k_split.json").read_text())
    flickr = [(data / "flickr8k" / name, None) for name in split["train"]]
    labelled = sorted(path for path in (data / "labelled").rglob("*.*") if path.is_file())
    return flickr + [(path, "/".join(path.relative_to(data / "labelled").parts[:-1])) for path in labelled]


def random_pieces(count, rng):
    """-> [count,4] top, left, height, width in fractions of the picture"""
    size, stretch = rng.uniform(SMALLEST_PIECE, 1, count), np.exp(rng.uniform(-STRETCH, STRETCH, count))
    sides = np.stack([size * stretch ** 0.5, size / stretch ** 0.5], 1).clip(max=1)
    return np.concatenate([rng.uniform(0, 1, (count, 2)) * (1 - sides), sides], 1).astype(np.float32)


def teacher_views(runner, pixels):
    """Pieces, uint8 [3,h,w] of any size -> logits [n,1001], tokens [n,49,1280]"""
    large = torch.cat([resize(p[None].float(), TEACHER_SIDE) for p in pixels])
    large = (large / 127.5 - 1).contiguous(memory_format=torch.channels_last)
    with mixed_precision(large.device):
        seen = runner(pixel_values=large)
    return seen["logits"].float(), seen["tokens"].float()


def principal_axes(tokens):
    """Sample of tokens [n,1280] -> mean [1280], axes [1280,components] scaled to unit variance on average."""
    mean = tokens.mean(0)
    _, values, axes = torch.linalg.svd((tokens - mean).double(), full_matrices=False)
    kept = values[:TEACHER_COMPONENTS] / len(tokens) ** 0.5
    print(f"components keep {float((values[:TEACHER_COMPONENTS] ** 2).sum() / (values ** 2).sum()):.3f} of variance")
    return mean, (axes[:TEACHER_COMPONENTS].T / kept.pow(2).mean().sqrt()).float()


def open_array(path, shape, kind):
    return np.lib.format.open_memmap(path, "w+", kind, shape)


def store_pixels(items, work):
    """pictures.npy [n,3,208,208] and pictures.json"""
    stored = open_array(work / "pictures.npy", (len(items), 3, STORED_SIDE, STORED_SIDE), np.uint8)
    for start in range(0, len(items), 1024):
        stored[start:start + 1024] = read_all([p for p, _ in items[start:start + 1024]], STORED_SIDE).numpy()
    (work / "pictures.json").write_text(json.dumps([[p.name, label] for p, label in items]))
    return stored


def teach_view(runner, stored, axes, boxes, logits, tokens):
    """Fills one view: boxes [n,4] -> logits [n,1001], tokens [n,49,K]."""
    for start in range(0, len(stored), CHUNK):
        chunk = slice(start, start + CHUNK)
        cuts = [cut(torch.from_numpy(p), box) for p, box in zip(stored[chunk], boxes[chunk])]
        logits[chunk], seen = teacher_views(runner, cuts)
        tokens[chunk] = ((seen - axes[0]) @ axes[1]).half()
        if start % (CHUNK * 100) == 0:
            print(f"pictures {start} of {len(stored)}", flush=True)


def prepare_pictures(data, work, teacher):
    """Writes pictures.npy, pictures.json, teacher_boxes.npy [V,n,4], teacher_logits.npy [V,n,1001] and
    teacher_tokens.npy [V,n,49,K]."""
    data, work = Path(data), Path(work)
    items, runner, rng = list_pictures(data), OnnxRunner(teacher), np.random.default_rng(SEED)
    stored = store_pixels(items, work)
    sample = np.linspace(0, len(items) - 1, SAMPLE).astype(int)
    seen = [teacher_views(runner, torch.from_numpy(stored[s]))[1] for s in np.split(sample, SAMPLE // CHUNK)]
    axes = principal_axes(torch.cat(seen).flatten(0, 1)[::SAMPLED_PLACES])
    whole = np.tile(np.float32([0, 0, 1, 1]), (len(items), 1))
    boxes = np.stack([whole, *(random_pieces(len(items), rng) for _ in range(PIECES))])
    np.save(work / "teacher_boxes.npy", boxes)
    logits = open_array(work / "teacher_logits.npy", (len(boxes), len(items), TEACHER_CLASSES), np.float16)
    tokens = open_array(work / "teacher_tokens.npy", (*boxes.shape[:2], TEACHER_GRID ** 2, TEACHER_COMPONENTS), np.float16)
    for view, view_boxes in enumerate(boxes):
        teach_view(runner, stored, axes, view_boxes, logits[view], tokens[view])
