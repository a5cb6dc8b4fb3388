"""Anchors for names of things, also of those that no caption has: where CLIP's text vectors say that they belong.

Ridge regression from the vectors of names that captions do have to their anchors, applied to all names.
Shapes: m names, C width of CLIP's vectors, D joint space.
"""
import json

import numpy as np
import torch
import torch.nn.functional as F

from .anchors import Anchors, words_of

RIDGE = 3.0


def read_class_vectors(teachers):
    """Files SET_clip_a+cname*.npy with the names of clip_class_names.json -> {name: vector [C]}"""
    named = json.loads((teachers / "clip_class_names.json").read_text())
    vectors = {}
    for collection, names in sorted(named.items()):
        pattern = f"{collection}_clip_a+cname*.npy"
        path = next(teachers.glob(pattern), None)
        if path is None:
            raise FileNotFoundError(f"{teachers / pattern}: vectors of the names in clip_class_names.json")
        for name, vector in zip(names, np.load(path).astype(np.float32), strict=True):
            vectors.setdefault(name.lower().replace("_", " "), vector)
    return vectors


def regress(known, wanted, all_rows):
    """Rows [k,C] with their targets [k,D] -> predictions [m,D] for [m,C], all relative to the means of the known"""
    mean, target_mean = known.mean(0), wanted.mean(0)
    centred = known - mean
    weights = torch.linalg.solve(centred.T @ centred + RIDGE * torch.eye(known.shape[1]),
                                 centred.T @ (wanted - target_mean))
    return (all_rows - mean) @ weights


def prepare_class_anchors(work, vectors):
    """{name: vector [C]} -> class_anchors.npy [m,D], of length 1, and class_names.json"""
    anchors, names = Anchors(work), sorted(vectors)
    rows = F.normalize(torch.from_numpy(np.stack([vectors[name] for name in names])), dim=-1)
    known = [i for i, name in enumerate(names) if anchors.words.knows(words_of(name))]
    placed = regress(rows[known], anchors.of_captions([names[i] for i in known]), rows)
    np.save(work / "class_anchors.npy", F.normalize(placed, dim=-1).numpy())
    (work / "class_names.json").write_text(json.dumps(names))
    print(f"{len(names)} names, {len(known)} of them in captions")
