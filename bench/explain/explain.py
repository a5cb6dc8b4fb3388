#!/usr/bin/env python3
"""How far explanations point at what they should: maps of pictures, curves of sounds, moments of clips.

The data folder holds flickr8k (pictures) and sounds, as folders or .tar files, with flickr8k_captions.tsv,
flickr8k_split.json and sounds.tsv. Figures go to standard output as JSON, everything else to standard error.
"""
import argparse
import contextlib
import os
import sys
import tempfile
from pathlib import Path

import moments
import peaks
import report
import sets
from explaining import Explainer
from maps import map_figures

PICTURES, SOUNDS, CLIPS = 200, 100, 100


def parse():
    parser = argparse.ArgumentParser(prog="./bench.sh explain", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=os.environ.get("SENSORIUM_QUALITY_DATA"),
                        help="folder of the test data (or $SENSORIUM_QUALITY_DATA)")
    parser.add_argument("--json", type=Path, help="file that the figures are written to")
    parser.add_argument("--limit", type=int, help=f"at most so many of {PICTURES} pictures, {SOUNDS} sounds and {CLIPS} clips")
    parser.add_argument("--only", choices=("pictures", "sounds", "clips"), help="one of the three alone")
    parser.add_argument("--grid", type=int, default=0, help="cells of a row and of a column (the gateway's setting)")
    parser.add_argument("--seed", type=int, default=1, help="of what is chosen at random (1)")
    options = parser.parse_args()
    if options.data is None or not Path(options.data).is_dir():
        parser.error("nothing to measure: give --data (or $SENSORIUM_QUALITY_DATA)")
    return options


def measure(options, work):
    service, data, figures = Explainer(), Path(options.data), {}
    few = lambda count: min(count, options.limit or count)
    paths, captions = sets.test_pictures(data, work)
    if options.only in (None, "pictures"):
        with report.timed("pictures"):
            figures.update(map_figures(service, paths[:few(PICTURES)], captions, options))
    if options.only in (None, "sounds"):
        with report.timed("sounds"):
            figures.update(peaks.peak_figures(service, *sets.test_sounds(data, work), few(SOUNDS), options.seed))
    if options.only in (None, "clips"):
        with report.timed("clips"):
            figures.update(moments.moment_figures(service, paths, captions, few(CLIPS), options.seed, work))
    return figures


def main():
    options = parse()
    try:
        with tempfile.TemporaryDirectory() as work, contextlib.redirect_stdout(sys.stderr):
            figures = measure(options, Path(work))
    except sets.DataError as error:
        sys.exit(f"error: {error}")
    report.write(figures, options.json)


if __name__ == "__main__":
    main()
