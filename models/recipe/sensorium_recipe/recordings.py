"""Which recording a sound was cut from: no recording may be in both splits."""
import re
from pathlib import PurePath

import numpy as np

# File names that say which recording of freesound.org a sound was cut from.
NAMED = (re.compile(r"(\d+)-\d+-\d+-\d+"),  # UrbanSound8K: recording-class-occurrence-slice
         re.compile(r"[1-5]-(\d+)-[A-Z](?:-\d+)?"))  # ESC-10 and ESC-50: fold-recording-take, with or without the class
# Closer than this (cosine of the sound teacher's embeddings) is taken for the same recording.
SAME_RECORDING = 0.985
LEAST_TRAINING = 10  # sounds that a class needs to be learned


def recording_of(row):
    """Row of sounds.tsv -> its column `recording`, or what the file's name says of it; None if neither does."""
    if row.get("recording"):
        return row["recording"]
    for pattern in NAMED:
        if match := pattern.fullmatch(PurePath(row["file"]).stem):
            return f"freesound:{match[1]}"
    return None


def leaked(items, embeddings, shared):
    """Indices of training sounds that were cut from a recording of the test split, or seem to be.

    items: {"split", "class", "recording"}, the last None where it is not known; embeddings [n, width] of the sound teacher;
    shared [n]: holds a stretch of a test sound (`shared_audio`). Left out is a recording that is also in the test split
    and, whatever the names say, what shares audio with a test sound or sounds like one. Spoken digits and silence are
    alike to a teacher of sound events although they are recordings of their own: it is not asked about them.
    """
    vectors = embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True).clip(1e-9)
    test = np.array([item["split"] == "test" for item in items])
    known = {item["recording"] for item in items if item["split"] == "test"} - {None}
    closest = (vectors @ vectors[test].T).max(1, initial=-1.0)
    return [i for i, item in enumerate(items) if item["split"] == "train" and
            (item["recording"] in known or shared[i] or (closest[i] > SAME_RECORDING and not apart(item["class"])))]


def separated(items, embeddings, shared):
    """-> split of each item (arguments as of `leaked`): "train", "test" or, taking part in neither, "leaked".

    What is cut from a recording of the test split is left out of training. Where that would leave a class nothing to learn
    from, because all its sounds are pieces of a few recordings, the class is learned, and its test sounds do not count.
    """
    splits = [item["split"] for item in items]
    for i in leaked(items, embeddings, shared):
        splits[i] = "leaked"
    for name in {item["class"] for item in items}:
        own = [i for i, item in enumerate(items) if item["class"] == name]
        if "leaked" in (splits[i] for i in own) and sum(splits[i] == "train" for i in own) < LEAST_TRAINING:
            for i in own:
                splits[i] = "train" if items[i]["split"] == "train" else "leaked"
    return splits


def apart(name):
    return name.startswith("digit") or name == "silence"
