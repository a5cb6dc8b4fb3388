#!/usr/bin/env bash
# What a newcomer waits for: ./run.sh to the first caption in a fresh clone with a warm package cache, then time to the
# first token and tokens/s of the sample picture, and the resident memory of the one process.
# usage: ./bench.sh first-caption [--json FILE] [--captions N]
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$ROOT/scripts/common.sh"
. "$ROOT/scripts/gateway.sh"

json=""
captions=15
while [ $# -gt 0 ]; do
  case "$1" in
    --json) json="${2:?--json needs a file}"; shift 2 ;;
    --captions) captions="${2:?--captions needs a number}"; shift 2 ;;
    *) die "usage: ./bench.sh first-caption [--json FILE] [--captions N]" ;;
  esac
done

work=$(mktemp -d)
trap 'stop_gateway; rm -rf "$work"' EXIT

say "a fresh clone of the last commit, ./run.sh --once"
git clone -q "$ROOT" "$work/clone"
"$work/clone/run.sh" --once --port 7270 >"$work/run.log" 2>&1 || { cat "$work/run.log" >&2; die "./run.sh failed"; }
first=$(sed -n 's/^time from .*: \([0-9.]*\) s$/\1/p' "$work/run.log")

# The clone's build serves the rest, so that all figures belong to the same commit.
ROOT="$work/clone" CACHE="$work/clone/.cache"
start_gateway 0 0 "$work/gateway.log"
measure() {
  local round
  for round in $(seq "$captions"); do
    sensorium caption "$CACHE/samples/dandelion.jpg" --json --address "$GATEWAY_ADDRESS" "$@"
  done
}
measure >/dev/null
measure --no-cache >"$work/encoded"
measure >"$work/cached"
resident=$(awk '/^VmRSS:/ { print $2 }' "/proc/$GATEWAY_PID/status")

python3 - "$first" "$resident" "$work/encoded" "$work/cached" "$json" <<'PY'
import json
import statistics
import sys

first, resident, encoded, cached, target = sys.argv[1:]


def read(path):
    choices = [json.loads(line)["choices"][0] for line in open(path, encoding="utf-8")]
    after_first = [(c["tokens"] - 1) / (c["total_ms"] - c["time_to_first_token_ms"]) * 1000 for c in choices]
    return statistics.median(c["time_to_first_token_ms"] for c in choices), statistics.median(after_first), choices[0]["text"]


fresh, rate, text = read(encoded)
hit, _, _ = read(cached)
figures = {
    "run_to_first_caption_s": float(first),
    "time_to_first_token_ms": round(fresh, 1),
    "time_to_first_token_cached_ms": round(hit, 1),
    "tokens_per_second": round(rate, 1),
    "resident_mib": round(int(resident) / 1024),
}
print(f"caption of the sample picture: {text}")
for name, value in figures.items():
    print(f"{name}: {value}")
if target:
    with open(target, "w", encoding="utf-8") as file:
        json.dump(figures, file, indent=2)
PY
