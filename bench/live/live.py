#!/usr/bin/env python3
"""Plays a video with planted events into a live stream, and measures how late they are told and how many are found."""
import argparse
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import figures
import planted


def main():
    parser = argparse.ArgumentParser(prog="./bench.sh live", description=__doc__)
    parser.add_argument("--json", type=Path, help="where to write the figures")
    parser.add_argument("--streams", type=int, nargs="+", default=[1, 2, 4], help="streams at a time, one run for each number (default: 1 2 4)")
    parser.add_argument("--minutes", type=float, default=30, help="of the run that watches memory; 0 leaves it out (default: 30)")
    for hidden in ("--samples", "--pictures", "--work"):
        parser.add_argument(hidden, type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    video = planted.make(given.samples, given.pictures, given.work / "planted.mkv")
    report = {"machine": {"cores": len(os.sched_getaffinity(0))}, "seconds": planted.duration(), "frames_per_second": planted.FRAMES,
              "runs": [measure(video, streams) for streams in given.streams]}
    if given.minutes > 0 and os.environ.get("SENSORIUM_PID"):
        long = planted.repeat(video, given.minutes * 60, given.work / "long.mkv")
        report["memory"] = watch_memory(long, int(os.environ["SENSORIUM_PID"]), given.minutes)
    print(table(report))
    if given.json:
        given.json.parent.mkdir(parents=True, exist_ok=True)
        given.json.write_text(json.dumps(report, indent=2) + "\n")


def play(video):
    """The lines of one stream."""
    options = {"seen": "--look-for", "heard": "--listen-for"}
    watch = [part for kind, words in sorted({(event.kind, event.words) for event in planted.events()}) for part in (options[kind], words)]
    ran = subprocess.run(["dotnet", os.environ["SENSORIUM_CLI"], "live", str(video), "--json", "--fps", str(planted.FRAMES), *watch],
                         capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        sys.exit(f"sensorium live failed: {ran.stderr}")
    return [json.loads(line) for line in ran.stdout.splitlines()]


def measure(video, streams):
    lines = [None] * streams
    players = [threading.Thread(target=lambda i=i: lines.__setitem__(i, play(video))) for i in range(streams)]
    for player in players:
        player.start()
    for player in players:
        player.join()
    if any(each is None for each in lines):
        sys.exit(1)
    together = [line for each in lines for line in each]
    delays = [pair for each in lines for pair in figures.found(each, planted.events())]
    in_time = [event for event, delay in delays if delay is not None and delay <= figures.WITHIN]
    parts = ("frames", "sound", "captions")
    return {
        "streams": streams,
        "events": len(delays),
        "found": len(in_time),
        "late_or_missed": [{"words": event.words, "at": event.start, "seconds": delay} for event, delay in delays if delay is None or delay > figures.WITHIN],
        "false_alarms": [{"kind": kind, "words": words, "at": round(when, 2)} for each in lines for kind, words, when in figures.false_alarms(each, planted.events())],
        "seconds_until_told": {"p50": figures.percentile([d for _, d in delays if d is not None], 0.5), "p99": figures.percentile([d for _, d in delays if d is not None], 0.99)},
        "lateness": figures.lateness(together),
        "skipped": {part: sum(figures.counts(each)[part]["skipped"] for each in lines) / sum(figures.counts(each)[part]["offered"] for each in lines) for part in parts},
        "offered": {part: sum(figures.counts(each)[part]["offered"] for each in lines) for part in parts},
    }


def watch_memory(video, process, minutes):
    """Resident memory of the gateway, once a second while one stream lasts."""
    readings, stop = [], threading.Event()

    def read():
        began = time.monotonic()
        while not stop.wait(1):
            status = Path(f"/proc/{process}/status").read_text()
            kilobytes = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))
            readings.append(((time.monotonic() - began) / 60, kilobytes / 1024))

    reader = threading.Thread(target=read)
    reader.start()
    lines = play(video)
    stop.set()
    reader.join()
    return {"minutes": minutes, "mib_at_end": readings[-1][1], "mib_per_minute": figures.slope(readings), "frames": figures.counts(lines)["frames"]}


def table(report):
    rows = ["| streams | events found within 1 s | seconds until told p50 / p99 | lateness of captions p50 / p99 | of alerts p50 / p99 | frames skipped | sound skipped | false alarms |",
            "|---|---|---|---|---|---|---|---|"]
    for run in report["runs"]:
        late = run["lateness"]
        alerts = {key: max(late[kind][key] for kind in ("seen", "heard") if kind in late) for key in ("p50", "p99")} if "seen" in late or "heard" in late else {"p50": 0, "p99": 0}
        caption = late.get("caption", {"p50": 0, "p99": 0})
        told = run["seconds_until_told"]
        rows.append(f"| {run['streams']} | {run['found']} of {run['events']} | {told['p50']:.2f} / {told['p99']:.2f} | {caption['p50']:.2f} / {caption['p99']:.2f} | "
                    f"{alerts['p50']:.2f} / {alerts['p99']:.2f} | {100 * run['skipped']['frames']:.1f} % | {100 * run['skipped']['sound']:.1f} % | {len(run['false_alarms'])} |")
    if memory := report.get("memory"):
        rows += ["", f"Memory over {memory['minutes']:g} minutes of one stream: {memory['mib_per_minute']:+.2f} MiB a minute, {memory['mib_at_end']:.0f} MiB at the end."]
    return "\n".join(rows)


if __name__ == "__main__":
    main()
