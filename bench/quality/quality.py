#!/usr/bin/env python3
"""Quality of the pack that a gateway serves: captions, retrieval, sounds, clips, subtitles, time of a decoding step.

The data folder holds flickr8k (pictures) and sounds, as folders or .tar files, with flickr8k_captions.tsv,
flickr8k_split.json and sounds.tsv. With --images and --captions any other pictures are measured instead, and nothing
else. Figures go to standard output as JSON, everything else to standard error.
"""
import argparse
import contextlib
import json
import os
import sys
import tempfile
from pathlib import Path

import decoding
import motion
import pictures
import report
import sets
import sounds
import subtitles
from service import Service

PACK = Path(__file__).resolve().parents[2] / "models/sensorium-mini"
SERVED = 40  # captions whose time is taken


def recommended(pack):
    """The decoding that the manifest recommends, where it does."""
    generation = json.loads((pack / "pack.json").read_text()).get("generation", {})
    return {"beams": generation.get("num_beams", 3), "length_penalty": generation.get("length_penalty", 1.0)}


def parse():
    parser = argparse.ArgumentParser(prog="./bench.sh quality", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=os.environ.get("SENSORIUM_QUALITY_DATA"),
                        help="folder of the test data (or $SENSORIUM_QUALITY_DATA)")
    parser.add_argument("--images", type=Path, help="folder of pictures, instead of the data folder")
    parser.add_argument("--captions", type=Path, help="lines PICTURE<TAB>CAPTION, several for each picture")
    parser.add_argument("--json", type=Path, help="file that the figures are written to")
    parser.add_argument("--beams", type=int, help="beams of the search (the pack's recommendation, or 3)")
    parser.add_argument("--length-penalty", type=float, help="of the search (the pack's recommendation, or 1)")
    parser.add_argument("--limit", type=int, help="only the first pictures")
    parser.add_argument("--sounds-json", type=Path, help="the recipe's list of sounds, whose test split counts instead")
    parser.add_argument("--clips-each", type=int, default=30, help="clips of each camera motion (30)")
    parser.add_argument("--reference-decoder", type=Path, help="decoder_with_past_model.onnx to time beside the pack's")
    parser.add_argument("--threads", type=int, default=1, help="threads of the timed decoding step (1)")
    parser.add_argument("--variant", default="auto", help="number format of the encoders, as int8, where the pack has it")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N captions, chosen at random")
    parser.add_argument("--seed", type=int, default=1, help="of that choice, and of the clips (1)")
    options = parser.parse_args()
    options.pack = Path(os.environ.get("Sensorium__Pack") or PACK)
    for name, value in recommended(options.pack).items():
        setattr(options, name, value if getattr(options, name) is None else getattr(options, name))
    if (options.images is None) != (options.captions is None):
        parser.error("--images and --captions belong together")
    if options.images is None and options.data is None:
        parser.error("nothing to measure: give --data (or $SENSORIUM_QUALITY_DATA), or --images with --captions")
    for path in (options.data, options.images, options.captions, options.reference_decoder, options.sounds_json):
        if path is not None and not Path(path).exists():
            parser.error(f"{path} does not exist")
    return options


def measure(options, work):
    service, data = Service(), options.data and Path(options.data)
    paths, references = (sets.picture_set(options.images, options.captions) if options.images
                         else sets.test_pictures(data, work))
    paths, references = paths[:options.limit], references[:options.limit]
    with report.timed(f"{len(paths)} pictures"):
        figures, captions = pictures.picture_figures(service, paths, references, options)
    for line in pictures.show(paths, references, captions, options.show, options.seed):
        print(line)
    if options.images:
        return figures
    figures["variant"] = options.variant
    with report.timed("sounds"):
        figures.update(sounds.sound_figures(service, *sets.test_sounds(data, work, options.sounds_json)))
    with report.timed("clips"):
        clips = motion.make_clips(paths, options.clips_each, options.seed, work)
        figures.update(motion.motion_figures(service, clips, options))
    with report.timed("clips with subtitles"):
        figures.update(subtitles.subtitle_figures(service, clips, references, options, work))
    with report.timed("decoding steps"):
        figures.update(decoding.served_figures(service, paths[:SERVED]))
        figures.update(decoding.step_figures(options.pack, options.reference_decoder, options.threads))
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
