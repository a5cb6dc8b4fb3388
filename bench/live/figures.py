"""What the lines of `sensorium live --json` say: lateness, what was skipped, and which planted events were found."""
import statistics

WITHIN = 1.0  # seconds, from the beginning of an event until it is told
KINDS = ("seen", "heard", "caption", "scene")


def percentile(values, share):
    """The value that so large a share is not above; None of nothing."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else None


def lateness(lines):
    """kind -> {"count", "p50", "p99"}, in seconds. The end of an alert is told late on purpose."""
    told = [line for line in lines if not (line.get("details") or {}).get("ended")]
    late = {kind: [line["late"] for line in told if line["kind"] == kind] for kind in KINDS}
    return {kind: {"count": len(values), "p50": statistics.median(values), "p99": percentile(values, 0.99)} for kind, values in late.items() if values}


def counts(lines):
    """part -> {"offered", "done", "skipped", "failed"}"""
    return next(line["details"] for line in lines if line["kind"] == "finished")


def skipped_share(lines, part):
    of = counts(lines)[part]
    return of["skipped"] / of["offered"]


def begun(lines):
    """(kind, words, when it was told) of each alert that began, in the time of the video."""
    return [(line["kind"], line["details"]["name"], line["end"] + line["late"]) for line in lines
            if line["kind"] in ("seen", "heard") and not line["details"]["ended"]]


def found(lines, events):
    """Each event with the seconds until it was told; None where it was not told while it lasted."""
    alerts = begun(lines)
    delays = []
    for event in events:
        told = [when - event.start for kind, words, when in alerts if (kind, words) == (event.kind, event.words) and event.start <= when <= event.end + WITHIN]
        delays.append((event, min(told, default=None)))
    return delays


def false_alarms(lines, events):
    """Alerts that nothing was planted for."""
    return [(kind, words, when) for kind, words, when in begun(lines)
            if not any((kind, words) == (event.kind, event.words) and event.start <= when <= event.end + WITHIN for event in events)]


def slope(readings):
    """Growth of the medians of ten blocks of the last three quarters, in the unit of the values for each unit of time."""
    kept = readings[len(readings) // 4:]
    size = max(1, len(kept) // 10)
    blocks = [kept[i:i + size] for i in range(0, len(kept) - size + 1, size)]
    xs = [statistics.median(x for x, _ in block) for block in blocks]
    ys = [statistics.median(y for _, y in block) for block in blocks]
    mean_x, mean_y = statistics.mean(xs), statistics.mean(ys)
    spread = sum((x - mean_x) ** 2 for x in xs)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / spread if spread else 0.0
