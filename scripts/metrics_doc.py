#!/usr/bin/env python3
"""Writes docs/metrics.md from the instruments that the code creates: metrics_doc.py [--check].

--check writes nothing and fails if the page is not what the code says.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "metrics.md"

# Of each group of names: its heading and a sentence. In the order of the page.
GROUPS = {
    "host": ("The host", "Each host has them."),
    "certificate": ("Certificates", "Of each host with TLS, by `certificate`: `host` is shown to callers, `services` to other services; `authority_of_callers`, `authority_of_services` are believed."),
    "rpc": ("Calls", "Of each host, by `rpc_method` and `rpc_response_status_code`, as OpenTelemetry's conventions for gRPC have them."),
    "tenant": ("Tenants", "Where callers come in, by `tenant`: the configured names, and `default`. Calls of services are not counted."),
    "peer": ("Replicas of other services", "Where services with several replicas are called, by `peer`: their address."),
    "admission": ("Admission", "Where encoders or generation run."),
    "batcher": ("Batches of encoders", "Where encoders run, by `batcher`."),
    "generation": ("Generation", "Where captions are decoded, by `model`."),
    "image_generation": ("Pictures from words", "Where pictures are made, by `model`."),
    "gen_ai": ("Generation, by convention", "As OpenTelemetry's conventions for generative models have them, by `gen_ai_request_model`."),
    "live": ("Live streams", "In the gateway, once there has been one."),
    "cache": ("Cache", "Where encoders are called: in the gateway and in generation."),
    "media": ("Media", "Where ffmpeg decodes sound and video."),
}
# What is at /metrics only once this has happened. All others are there as soon as a service has answered requests of its kind.
CONDITIONS = {
    "sensorium.certificate.expiry": "with TLS",
    "sensorium.peer.circuits.open": "with several replicas",
    "sensorium.peer.circuits.opened": "after one was left out",
    "sensorium.admission.items.refused": "after an overload",
    "sensorium.tenant.refused": "after a refusal",
    "sensorium.batcher.items.cancelled": "after a cancellation",
    "sensorium.batcher.items.failed": "after a failure",
    "sensorium.generation.steps.failed": "after a failure",
    "sensorium.image_generation.step.size": "with a model that makes pictures",
    "sensorium.image_generation.step.duration": "with a model that makes pictures",
    "sensorium.image_generation.pictures.ended": "with a model that makes pictures",
    "sensorium.image_generation.pictures.active": "with a model that makes pictures",
    "sensorium.image_generation.queue.size": "with a model that makes pictures",
    "sensorium.cache.hits": "after a hit",
    "sensorium.cache.coalesced": "after equal items at once",
    "sensorium.cache.errors": "after a failure",
    "sensorium.cache.writes.dropped": "after a failure of Redis",
    "sensorium.cache.shared.io": "with Redis",
    "sensorium.cache.shared.duration": "with Redis",
}
KINDS = {
    "Counter": "counter",
    "ObservableCounter": "counter",
    "UpDownCounter": "gauge",
    "ObservableGauge": "gauge",
    "Histogram": "histogram",
}
UNITS = {"s": "seconds", "By": "bytes"}
HEAD = """# Metrics

<!-- Written by scripts/metrics_doc.py from the instruments of the code. -->

Every host has them at `/metrics` of its HTTP port, for Prometheus, and sends them to a collector where
`OTEL_EXPORTER_OTLP_ENDPOINT` names one. The meter is `Sensorium`; those of ASP.NET Core, Kestrel and the runtime are there
too. Times are in seconds. A histogram has the endings `_bucket`, `_sum` and `_count` at `/metrics`.
"""
INSTRUMENT = re.compile(r'\bCreate(\w+?)(?:<\w+>)?\(\s*"((?:sensorium|rpc|gen_ai)\.[^"]*)"([^;]*)\);')
USE = re.compile(rf'"(sensorium_(?:{"|".join(GROUPS)})_[a-z_]+?)(?:_bucket|_sum|_count)?"')
NAME = re.compile(r"(sensorium|rpc|gen_ai)(\.[a-z]+(_[a-z]+)*){2,}")


def instruments():
    for folder in ("services", "gateway", "index"):
        for path in sorted((ROOT / folder).rglob("*.cs")):
            if "obj" not in path.parts:
                for kind, name, rest in INSTRUMENT.findall(path.read_text(encoding="utf-8")):
                    yield kind, name, re.findall(r'"([^"]*)"', rest)


def unknown_uses(known):
    """Names at /metrics that measurements and tests ask for, and that nothing creates: they would read as zero."""
    for folder in ("bench", "tests"):
        for path in sorted((ROOT / folder).rglob("*.cs")):
            if "obj" not in path.parts:
                for name in USE.findall(path.read_text(encoding="utf-8")):
                    if name not in known:
                        yield f"{path.relative_to(ROOT)} asks for {name}"


def at_prometheus(kind, name, unit):
    text = name.replace(".", "_")
    ending = UNITS.get(unit, "")
    text += f"_{ending}" if ending and not text.endswith(ending) else ""
    return text + ("_total" if KINDS[kind] == "counter" else "")


def group_of(name):
    """Our own names are grouped by their second word, those of conventions by their first."""
    return name.split(".")[1 if name.startswith("sensorium.") else 0]


def checked(kind, name, texts):
    if not NAME.fullmatch(name) or kind not in KINDS or len(texts) != 2:
        raise SystemExit(f"{name} ({kind}) needs a name of dotted words, a known kind, a unit and a description, not {texts}")
    return kind, name, *texts


def row(kind, name, unit, what):
    cells = [f"`{name}`", f"`{at_prometheus(kind, name, unit)}`", KINDS[kind], UNITS.get(unit, unit.strip("{}")), CONDITIONS.get(name, "always"), what]
    return f"| {' | '.join(cells)} |"


def page():
    found = sorted((checked(*instrument) for instrument in instruments()), key=lambda instrument: instrument[1])
    names = [name for _, name, _, _ in found]
    if unknown := CONDITIONS.keys() - names:
        raise SystemExit(f"CONDITIONS names {', '.join(sorted(unknown))}, which the code does not create")
    if strays := [name for name in names if group_of(name) not in GROUPS]:
        raise SystemExit(f"no group for {', '.join(strays)}; add it to GROUPS in {__file__}")
    if wrong := list(unknown_uses({at_prometheus(*instrument[:3]) for instrument in found})):
        raise SystemExit("; ".join(wrong))
    parts = [HEAD]
    for group, (heading, sentence) in GROUPS.items():
        rows = [row(*instrument) for instrument in found if group_of(instrument[1]) == group]
        table = ["| metric | at `/metrics` | kind | of | there | what |", "|---|---|---|---|---|---|", *rows]
        parts.append(f"\n## {heading}\n\n{sentence}\n\n" + "\n".join(table) + "\n")
    return "".join(parts)


def main():
    if "--check" not in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page():
        raise SystemExit(f"docs/{PAGE.name} is not what the code says; run scripts/metrics_doc.py")


if __name__ == "__main__":
    main()
