"""Which pictures are learned from, and the words for them."""
import json

import numpy as np
from PIL import Image

from ..corpus import read_captions
from ..phrases import label_phrases

SIDE = 64
HELD_OUT_EVERY = 10  # of the pictures of a class, by name: nothing is learned from them
CAPTIONS = 3  # of each picture that has them
SETS = ("imagenette", "scenes", "flowers")


def prompts_of(label):
    """`set/class` -> what people may ask for to get it."""
    phrases = label_phrases(label)
    photos = tuple(f"a photo of {phrase}" for phrase in phrases) if label.startswith("scenes/") else ()
    articles = tuple(phrase.replace(" a e", " an e") for phrase in phrases if " a e" in phrase)
    return phrases + photos + articles


def labelled_pictures(data):
    """-> [(path, label)] to learn from, and the same of those that are held out."""
    kept, held_out = [], []
    for folder in sorted(folder for some in SETS for folder in (data / "labelled" / some).iterdir()):
        label = f"{folder.parent.name}/{folder.name}"
        for i, path in enumerate(sorted(folder.iterdir())):
            (held_out if i % HELD_OUT_EVERY == 0 else kept).append((path, label))
    return kept, held_out


def read_small(path):
    """The square in the middle -> uint8 [3,64,64]"""
    picture = Image.open(path).convert("RGB")
    side = min(picture.size)
    left, top = ((length - side) // 2 for length in picture.size)
    square = picture.crop((left, top, left + side, top + side))
    return np.asarray(square.resize((SIDE, SIDE), Image.LANCZOS)).transpose(2, 0, 1)


def store(items, work, name):
    """NAME.npy [n,3,64,64] and NAME.json [[file, label or null, [prompt, …]], …]"""
    np.save(work / f"{name}.npy", np.stack([read_small(path) for path, *_ in items]))
    (work / f"{name}.json").write_text(json.dumps([[path.name, label, prompts] for path, label, prompts in items]))


def prepare_drawing(data, work):
    """Labelled pictures first, then those with captions of the train split."""
    captions = read_captions(data / "flickr8k_captions.tsv")
    captioned = json.loads((data / "flickr8k_split.json").read_text())["train"]
    kept, held_out = labelled_pictures(data)
    with_prompts = lambda pictures: [(path, label, prompts_of(label)) for path, label in pictures]
    told = [(data / "flickr8k" / name, None, captions[name][:CAPTIONS]) for name in captioned]
    store(with_prompts(kept) + told, work, "drawn")
    store(with_prompts(held_out), work, "held_out")
