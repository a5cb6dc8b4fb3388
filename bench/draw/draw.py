#!/usr/bin/env python3
"""How often drawn pictures show the word that they were asked for.

For each class word some pictures are drawn through the service. Two judges say which of the words each shows: the bundled pack's
own Classify, whose text encoder the drawing model reads with, and a linear classifier of colours and edges that was fitted here to
real pictures of 64x64 and knows nothing of words. Both judge real pictures that the drawing model never saw, too. The data folder
holds labelled/SET/CLASS/… or labelled.tar. Figures go to standard output as JSON, everything else to standard error.
"""
import argparse
import contextlib
import os
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

import report
import sets
from drawing import DrawingService
from judging import judged
from probe import Probe
from sensorium_recipe.drawing.labelled import labelled_pictures, read_small
from sensorium_recipe.phrases import label_phrases

SHOWN = 8  # of each word on the sheet


def parse():
    parser = argparse.ArgumentParser(prog="./bench.sh draw", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=os.environ.get("SENSORIUM_QUALITY_DATA"),
                        help="folder of the data (or $SENSORIUM_QUALITY_DATA)")
    parser.add_argument("--each", type=int, default=20, help="pictures of each word (20)")
    parser.add_argument("--seed", type=int, default=0, help="of the first picture of each word; the others have those that follow (0)")
    parser.add_argument("--guidance", type=float, help="strength of guidance (the model's own)")
    parser.add_argument("--steps", type=int, help="steps of a picture (the service's own)")
    parser.add_argument("--sheet", type=Path, help="file for a sheet of the first pictures of each word, none left out")
    parser.add_argument("--json", type=Path, help="file that the figures are written to")
    options = parser.parse_args()
    if options.data is None or not Path(options.data).is_dir():
        parser.error("give the data folder: --data (or $SENSORIUM_QUALITY_DATA)")
    return options


def read(pictures, labels):
    """[(path, label)] -> uint8 [n,64,64,3], numbers of the labels"""
    return np.stack([read_small(path) for path, _ in pictures]), np.array([labels.index(label) for _, label in pictures])


def measure(options, work):
    kept, held_out = labelled_pictures(sets.folder_of(Path(options.data), "labelled", work))
    labels = sorted({label for _, label in kept})
    phrases = {label: label_phrases(label) for label in labels}
    service, how = DrawingService(), {k: getattr(options, k) for k in ("guidance", "steps") if getattr(options, k) is not None}
    with report.timed("classifier of raw features"):
        probe = Probe(*read(kept, labels), len(labels))
    with report.timed(f"{options.each} pictures of each of {len(labels)} words"):
        drawn = np.stack([service.draw(phrases[label][0], options.each, options.seed, **how) for label in labels])
    if options.sheet:
        Image.fromarray(np.concatenate([np.concatenate(list(row[:SHOWN]), 1) for row in drawn])).save(options.sheet)
    asked = np.repeat(np.arange(len(labels)), options.each)
    with report.timed("what they show"):
        return {"draw_words": len(labels), "draw_pictures": len(asked), "draw_chance": 100 / len(labels),
                **judged(service, probe, "draw", drawn.reshape(-1, *drawn.shape[2:]), asked, phrases),
                "real_pictures": len(held_out), **judged(service, probe, "real", *read(held_out, labels), phrases)}


def main():
    options = parse()
    with tempfile.TemporaryDirectory() as work, contextlib.redirect_stdout(sys.stderr):
        figures = measure(options, Path(work))
    report.write(figures, options.json)


if __name__ == "__main__":
    main()
