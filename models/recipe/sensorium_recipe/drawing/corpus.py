"""Which pictures are learned from, stored small, with the words for them."""
import json

import numpy as np

from ..corpus import read_captions
from .labelled import labelled_pictures, prompts_of, read_small

CAPTIONS = 3  # of each picture that has them


def store(items, work, name):
    """NAME.npy [n,3,64,64] and NAME.json [[file, label or null, [prompt, …]], …]"""
    np.save(work / f"{name}.npy", np.stack([read_small(path).transpose(2, 0, 1) for path, *_ in items]))
    (work / f"{name}.json").write_text(json.dumps([[path.name, label, prompts] for path, label, prompts in items]))


def prepare_drawing(data, work):
    """Labelled pictures first, then those with captions of the train split."""
    captions = read_captions(data / "flickr8k_captions.tsv")
    captioned = json.loads((data / "flickr8k_split.json").read_text())["train"]
    kept, held_out = labelled_pictures(data / "labelled")
    with_prompts = lambda pictures: [(path, label, prompts_of(label)) for path, label in pictures]
    told = [(data / "flickr8k" / name, None, captions[name][:CAPTIONS]) for name in captioned]
    store(with_prompts(kept) + told, work, "drawn")
    store(with_prompts(held_out), work, "held_out")
