"""Pictures that have a class: which are held out, how they are made small, and the words for them."""
import numpy as np
from PIL import Image

from ..phrases import label_phrases

SIDE = 64
HELD_OUT_EVERY = 10  # of the pictures of a class, by name: nothing is learned from them
SETS = ("imagenette", "scenes", "flowers")


def prompts_of(label):
    """`set/class` -> what people may ask for to get it."""
    phrases = label_phrases(label)
    photos = tuple(f"a photo of {phrase}" for phrase in phrases) if label.startswith("scenes/") else ()
    articles = tuple(phrase.replace(" a e", " an e") for phrase in phrases if " a e" in phrase)
    return phrases + photos + articles


def labelled_pictures(folder):
    """Folder of SET/CLASS/… -> [(path, label)] to learn from, and the same of those that are held out."""
    kept, held_out = [], []
    for inside in sorted(inside for some in SETS for inside in (folder / some).iterdir()):
        label = f"{inside.parent.name}/{inside.name}"
        for i, path in enumerate(sorted(inside.iterdir())):
            (held_out if i % HELD_OUT_EVERY == 0 else kept).append((path, label))
    return kept, held_out


def read_small(path):
    """The square in the middle -> uint8 [64,64,3]"""
    picture = Image.open(path).convert("RGB")
    side = min(picture.size)
    left, top = ((length - side) // 2 for length in picture.size)
    square = picture.crop((left, top, left + side, top + side))
    return np.asarray(square.resize((SIDE, SIDE), Image.LANCZOS))
