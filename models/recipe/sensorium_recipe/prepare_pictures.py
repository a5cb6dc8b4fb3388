"""Data folder -> arrays of pictures, and what the picture teacher says of each.

Shapes: n pictures, K teacher components.
"""
import json
import shutil
from pathlib import Path

import numpy as np
import torch

from .augment import resize
from .picture_teacher import COMPONENTS, GRID, SIDE, PictureTeacher, principal_axes
from .pictures import read_all

STORED_SIDE = 208
CHUNK = 32
SAMPLE, SAMPLED_PLACES = 640, 3  # pictures, and every which place of them, that the components are found from


def list_pictures(data):
    """Training pictures: Flickr8k's train split first, then the labelled ones (class = folder name)."""
    split = json.loads((data / "flickr8k_split.json").read_text())
    flickr = [(data / "flickr8k" / name, None) for name in split["train"]]
    labelled = sorted(path for path in (data / "labelled").rglob("*.*") if path.is_file())
    return flickr + [(path, "/".join(path.relative_to(data / "labelled").parts[:-1])) for path in labelled]


def open_array(path, shape, kind):
    return np.lib.format.open_memmap(path, "w+", kind, shape)


def store_pixels(items, work):
    """pictures.npy [n,3,208,208] and pictures.json"""
    stored = open_array(work / "pictures.npy", (len(items), 3, STORED_SIDE, STORED_SIDE), np.uint8)
    for start in range(0, len(items), 1024):
        stored[start:start + 1024] = read_all([p for p, _ in items[start:start + 1024]], STORED_SIDE).numpy()
    (work / "pictures.json").write_text(json.dumps([[p.name, label] for p, label in items]))
    return stored


def tokens_of(teacher, pixels):
    """uint8 [n,3,s,s] -> the teacher's tokens [n,49,.]"""
    return teacher(resize(torch.from_numpy(pixels).float(), SIDE))[1]


def store_axes(stored, work):
    """teacher_axes.npz: mean [1280], axes [1280,K]"""
    teacher, sample = PictureTeacher(work, axes=False), np.linspace(0, len(stored) - 1, SAMPLE).astype(int)
    seen = torch.cat([tokens_of(teacher, stored[some]) for some in np.split(sample, SAMPLE // CHUNK)])
    mean, axes = principal_axes(seen.flatten(0, 1)[::SAMPLED_PLACES])
    np.savez(work / "teacher_axes.npz", mean=mean, axes=axes)


def prepare_pictures(data, work, teacher):
    """Writes pictures.npy, pictures.json, picture_teacher.onnx, teacher_axes.npz and teacher_tokens.npy [n,49,K]."""
    data, work = Path(data), Path(work)
    stored = store_pixels(list_pictures(data), work)
    shutil.copyfile(teacher, work / "picture_teacher.onnx")
    store_axes(stored, work)
    tokens = open_array(work / "teacher_tokens.npy", (len(stored), GRID ** 2, COMPONENTS), np.float16)
    seeing = PictureTeacher(work)
    for start in range(0, len(stored), CHUNK):
        tokens[start:start + CHUNK] = tokens_of(seeing, stored[start:start + CHUNK]).half()
        if start % (CHUNK * 100) == 0:
            print(f"pictures {start} of {len(stored)}", flush=True)
