#!/usr/bin/env python3
"""How well taught deciders do: on each set AUROC of fields, text and picture alone and of all together, with intervals.

Each set is a folder of --data with cases.jsonl. Deciders are taught by the rows of the split "train" and decide those of
the split "test"; where there are none, the latest third, or a third of the patients, is held back for development. Every
choice within a decider is made by cross-validation on the rows that teach it. Figures go to standard output as JSON,
everything else to standard error.
"""
import argparse
import contextlib
import os
import sys
import time
from pathlib import Path

import cases
import figures
import report
from service import Service

PARTS = ("fields", "text", "picture", "all")


def parse():
    parser = argparse.ArgumentParser(prog="./bench.sh decide", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=os.environ.get("SENSORIUM_DECIDE_DATA"),
                        help="folder of the sets (or $SENSORIUM_DECIDE_DATA)")
    parser.add_argument("--json", type=Path, help="file that the figures are written to")
    parser.add_argument("--sets", help="names of sets, with commas between them (all)")
    parser.add_argument("--model", action="append", default=[], help="id of a model that embeds media; may be given several times")
    options = parser.parse_args()
    if options.data is None or not Path(options.data).is_dir():
        parser.error("--data names no folder")
    options.data = Path(options.data)
    return options


def parts_of(taught):
    return [part for part in PARTS if part != "picture" or any(case.picture for case in taught)]


def measure(spec, options, service):
    taught, asked, kind = cases.read(spec, options.data / spec.name)
    labels, groups = [case.outcome for case in asked], [case.group for case in asked]
    result = {"evaluated_on": kind, "taught": len(taught), "asked": len(asked)}
    said = {}
    for part in parts_of(taught):
        start = time.monotonic()
        decider = service.teach(f"bench-{spec.name}-{part}", spec, taught, part, options.model)
        seconds = time.monotonic() - start
        said[part] = service.decide(decider, asked, part)
        own = figures.of_part(said[part], labels, groups)
        print(f"{spec.name} {part}: AUROC {own['auroc']:.3f} ({own['auroc_low']:.3f} to {own['auroc_high']:.3f}), ECE {own['ece']:.3f}, "
              f"error {own['error']:.3f}, {own['error_at_80']:.3f} at 80 %; taught in {seconds:.0f} s")
        result.update({f"auroc_{part}{end}": own[f"auroc{end}"] for end in ("", "_low", "_high")})
        if part == "all":
            result.update({name: own[name] for name in ("brier", "ece", "ece_by_chance", "error", "error_at_80")}, teach_seconds=seconds)
    best = max((part for part in said if part != "all"), key=lambda part: result[f"auroc_{part}"])
    low, high = figures.gain(said["all"], said[best], labels, groups)
    result.update(best_part=best, gain=result["auroc_all"] - result[f"auroc_{best}"], gain_low=low, gain_high=high)
    return {f"{spec.name}_{name}": value for name, value in result.items()}


def main():
    options = parse()
    wanted = options.sets.split(",") if options.sets else [spec.name for spec in cases.SETS]
    chosen = [spec for spec in cases.SETS if spec.name in wanted and (options.data / spec.name / "cases.jsonl").is_file()]
    if not chosen:
        sys.exit(f"error: {options.data} has none of the sets {', '.join(wanted)}")
    measured = {}
    with contextlib.redirect_stdout(sys.stderr):
        service = Service()
        for spec in chosen:
            measured.update(measure(spec, options, service))
    report.write(measured, options.json)


if __name__ == "__main__":
    main()
