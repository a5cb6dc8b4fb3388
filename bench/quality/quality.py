#!/usr/bin/env python3
"""Quality of the pack that a gateway serves: captions, retrieval, sounds, camera motion, time of a decoding step.

The data folder holds flickr8k/ (pictures), flickr8k_captions.tsv, flickr8k_split.json, sounds/ and sounds.tsv.
Another set of pictures takes the place of Flickr8k's test split with --images and --captions.
"""
import argparse
import csv
import json
import os
import sys
import tempfile
from pathlib import Path

import numpy as np

from motion import MOTIONS, write_clip
from service import ROOT, Service

sys.path.insert(0, str(ROOT / "models/recipe"))
from sensorium_recipe.metrics import corpus_bleu, corpus_cider_d, recall_at, wilson_interval  # noqa: E402
from sensorium_recipe.phrases import clean_caption  # noqa: E402

MERGED = {"dog_bark": "dog bark"}  # two names of one class in the sources
CLIPS_EACH = 20


def read_set(options):
    """-> paths of the pictures, their reference captions"""
    folder = options.images or options.data / "flickr8k"
    captions = {}
    for line in (options.captions or options.data / "flickr8k_captions.tsv").read_text(encoding="utf-8").splitlines():
        name, _, text = line.partition("\t")
        captions.setdefault(name, []).append(clean_caption(text))
    names = [n for n in captions if (folder / n).is_file()]
    if options.images is None:
        names = json.loads((options.data / "flickr8k_split.json").read_text())["test"]
    names = names[:options.limit]
    return [folder / n for n in names], [captions[n] for n in names]


def pictures(service, paths, references, options):
    captions = service.captions(paths, num_beams=options.beams, length_penalty=options.length_penalty)
    similar = service.embed_texts([r[0] for r in references]) @ service.embed_files(paths).T
    bleu = corpus_bleu(captions, references)
    for path, caption in zip(paths, captions[:options.show]):
        print(f"{path.name} | {caption}", file=sys.stderr)
    return {"bleu1": bleu[0], "bleu4": bleu[3], "cider_d": corpus_cider_d(captions, references),
            "distinct": len(set(captions)), "t2i_r10": recall_at(similar, 10), "i2t_r10": recall_at(similar.T, 10),
            "pictures": len(paths), "beams": options.beams, "length_penalty": options.length_penalty}


def sounds(service, data):
    """Closest phrase of each test sound: mean over classes, and the 95 % interval of all sounds together."""
    with open(data / "sounds.tsv", encoding="utf-8") as file:
        rows = [{**r, "class": MERGED.get(r["class"], r["class"])} for r in csv.DictReader(file, delimiter="\t")]
    phrases = {r["class"]: r["captions"].split("|")[0] for r in rows}
    classes, test = sorted(phrases), [r for r in rows if r["split"] == "test"]
    similar = service.embed_files([data / "sounds" / r["file"] for r in test]) @ \
        service.embed_texts([phrases[c] for c in classes]).T
    right = {c: [] for c in classes}
    for row, best in zip(test, similar.argmax(1)):
        right[row["class"]].append(classes[best] == row["class"])
    hits = sum(map(sum, right.values()))
    low, high = wilson_interval(hits, len(test))
    return {"sound_acc": 100 * np.mean([np.mean(r) for r in right.values() if r]), "sound_plain": 100 * hits / len(test),
            "sound_interval": [100 * low, 100 * high], "sounds": len(test)}


def motions(service, paths):
    """Does the caption name the motion? Every motion over other pictures."""
    right = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, motion in enumerate(MOTIONS):
            chosen, clips = paths[number::len(MOTIONS)][:CLIPS_EACH], []
            for index, path in enumerate(chosen):
                clips.append(Path(folder) / f"{number}-{index}.mp4")
                write_clip(path, motion, clips[-1])
            right[motion] = [motion in caption for caption in service.captions(clips)]
    hits, count = sum(map(sum, right.values())), sum(map(len, right.values()))
    return {"motion_acc": 100 * hits / count, "motion_by_kind": {m: 100 * np.mean(r) for m, r in right.items()},
            "clips": count}


def rounded(value):
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    if isinstance(value, list):
        return [rounded(v) for v in value]
    return round(float(value), 4) if isinstance(value, (float, np.floating)) else value


def main():
    parser = argparse.ArgumentParser(prog="./bench.sh quality", description=__doc__)
    parser.add_argument("--data", type=Path, default=os.environ.get("SENSORIUM_QUALITY_DATA"))
    parser.add_argument("--images", type=Path, help="folder of pictures, instead of the test split")
    parser.add_argument("--captions", type=Path, help="lines of PICTURE<TAB>CAPTION, several for each picture")
    parser.add_argument("--json", type=Path, help="where the figures are written")
    parser.add_argument("--beams", type=int, default=3)
    parser.add_argument("--length-penalty", type=float, default=1.0)
    parser.add_argument("--limit", type=int, help="only the first pictures")
    parser.add_argument("--show", type=int, default=0, help="print this many captions")
    options = parser.parse_args()
    if options.data is None and (options.images is None or options.captions is None):
        parser.error("--data (or $SENSORIUM_QUALITY_DATA), or --images with --captions")
    service, (paths, references) = Service(), read_set(options)
    figures = pictures(service, paths, references, options)
    figures["decode_ms"] = service.decode_milliseconds(paths[:40])
    figures.update(motions(service, paths))
    if options.data is not None:
        figures.update(sounds(service, Path(options.data)))
    text = json.dumps(rounded(figures), indent=2)
    print(text)
    if options.json:
        options.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
