#!/usr/bin/env bash
# What a newcomer waits for: a fresh clone of the last commit, ./run.sh there, the first caption; then, of the sample
# picture, time to the first token and tokens/s as the service says them, and the resident memory of the one process.
# usage: ./bench.sh first-caption [--json FILE] [--captions N] [--cold]
#   --cold   with no NuGet package at hand, as on a machine that has never built .NET (otherwise: with what is there)
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$ROOT/scripts/common.sh"
. "$ROOT/scripts/gateway.sh"

json=""
captions=15
cold=""
while [ $# -gt 0 ]; do
  case "$1" in
    --json) json="${2:?--json needs a file}"; shift 2 ;;
    --captions) captions="${2:?--captions needs a number}"; shift 2 ;;
    --cold) cold=1; shift ;;
    *) die "usage: ./bench.sh first-caption [--json FILE] [--captions N] [--cold]" ;;
  esac
done

need first-caption
work=$(mktemp -d)
trap 'stop_gateway; rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
clone="$work/clone"
export SENSORIUM_CACHE="$clone/.cache"
[ -z "$cold" ] || export NUGET_PACKAGES="$work/packages"

# free_port: one that is free now, and its tenth neighbour too (health and metrics).
free_port() {
  python3 - <<'PY'
import random
import socket

while True:
    port = random.randint(20000, 30000)
    try:
        for number in (port, port + 10):
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", number))
    except OSError:
        continue
    print(port)
    break
PY
}

say "a fresh clone of $(git -C "$ROOT" rev-parse --short HEAD), ./run.sh --once"
started=$(date +%s%N)
git clone -q "$ROOT" "$clone"
cloned=$(date +%s%N)
"$clone/run.sh" --once --port "$(free_port)" >"$work/run.log" 2>&1 </dev/null || { cat "$work/run.log" >&2; die "./run.sh failed"; }
first=$(sed -n 's/^time from .*: \([0-9.]*\) s$/\1/p' "$work/run.log")
[ -n "$first" ] || { cat "$work/run.log" >&2; die "./run.sh told no time"; }

# The clone's build serves the rest, so that all figures belong to the same commit.
say "$captions captions, encoded anew and from the cache"
ROOT="$clone" CACHE="$clone/.cache"
start_gateway 0 0 "$work/gateway.log"
picture="$CACHE/samples/dandelion.jpg"
pictures=()
for ((i = 0; i < captions; i++)); do pictures+=("$picture"); done
measure() { sensorium caption "${pictures[@]}" --json --address "$GATEWAY_ADDRESS" "$@"; }
measure >/dev/null
measure --no-cache >"$work/encoded"
measure >"$work/cached"

python3 - "$first" "$started" "$cloned" "/proc/$GATEWAY_PID/status" "$work" "$cold" "$json" <<'PY'
import json
import os
import statistics
import sys

first, started, cloned, status, work, cold, target = sys.argv[1:]


def read(name):
    """Medians of the time to the first token [ms] and of the tokens/s after it; the caption."""
    with open(f"{work}/{name}", encoding="utf-8") as file:
        choices = [json.loads(line)["choices"][0] for line in file]
    rates = [(c["tokens"] - 1) / (c["total_ms"] - c["time_to_first_token_ms"]) * 1000 for c in choices if c["tokens"] > 1]
    return statistics.median(c["time_to_first_token_ms"] for c in choices), statistics.median(rates), choices[0]["text"]


with open(status, encoding="utf-8") as file:
    memory = {name: int(rest.split()[0]) / 1024 for name, _, rest in (line.partition(":") for line in file) if name in ("VmRSS", "VmHWM")}
fresh, rate, text = read("encoded")
hit, _, _ = read("cached")
figures = {
    "clone_to_first_caption_s": round((int(cloned) - int(started)) / 1e9 + float(first), 1),
    "run_to_first_caption_s": float(first),
    "time_to_first_token_ms": round(fresh, 1),
    "time_to_first_token_cached_ms": round(hit, 1),
    "tokens_per_second": round(rate, 1),
    "resident_mib": round(memory["VmRSS"]),
    "resident_peak_mib": round(memory["VmHWM"]),
    "cold": bool(cold),
    "cores": len(os.sched_getaffinity(0)),
    "load_average": round(os.getloadavg()[0], 1),
}
print(f"caption of the sample picture: {text}")
for name, value in figures.items():
    print(f"{name}: {value}")
if target:
    with open(target, "w", encoding="utf-8") as file:
        json.dump(figures, file, indent=2)
PY
