"""What is measured on: pictures with their captions, and sounds with their classes."""
import csv
import json
import tarfile
from pathlib import Path

from sensorium_recipe.phrases import clean_caption

MERGED = {"dog_bark": "dog bark"}  # two names of one class in the sources


class DataError(Exception):
    """Something that the user named is not as it should be."""


def read_captions(path):
    """Lines PICTURE<TAB>CAPTION, several for each picture (or PICTURE#0, PICTURE#1 …) -> {picture: [caption]}"""
    captions = {}
    for line in Path(path).read_text(encoding="utf-8-sig").splitlines():
        name, tab, text = line.partition("\t")
        if tab and text.strip():
            captions.setdefault(name.strip().rpartition("#")[0] or name.strip(), []).append(clean_caption(text))
    return captions


def folder_of(data, name, work):
    """data/NAME, or data/NAME.tar unpacked into the working folder."""
    if (data / name).is_dir():
        return data / name
    with tarfile.open(data / f"{name}.tar") as archive:
        archive.extractall(work / name)
    return work / name


def picture_set(images, captions, names=None):
    """-> paths of the pictures, their captions; pictures without captions, and captions without pictures, are left out."""
    texts = read_captions(captions)
    found = [n for n in names or texts if n in texts and (images / n).is_file()]
    missing = len(names or texts) - len(found)
    if not found:
        raise DataError(f"none of the {len(texts)} pictures named in {captions} is in {images}")
    if missing:
        print(f"{missing} pictures named in {captions} are not in {images}, and are left out")
    return [images / n for n in found], [texts[n] for n in found]


def test_pictures(data, work):
    """The test split of the data folder."""
    names = json.loads((data / "flickr8k_split.json").read_text())["test"]
    return picture_set(folder_of(data, "flickr8k", work), data / "flickr8k_captions.tsv", names)


def test_sounds(data, work, prepared=None):
    """-> [(path, class)] of the test split, {class: its first phrase} of all classes

    prepared: sounds.json of the recipe, whose test split lacks what shares a recording with training.
    """
    with open(data / "sounds.tsv", encoding="utf-8") as file:
        rows = [{**r, "class": MERGED.get(r["class"], r["class"])} for r in csv.DictReader(file, delimiter="\t")]
    phrases = {r["class"]: r["captions"].split("|")[0] for r in rows}
    if prepared:
        rows = json.loads(prepared.read_text())
    folder = folder_of(data, "sounds", work)
    return [(folder / r["file"], r["class"]) for r in rows if r["split"] == "test"], phrases
