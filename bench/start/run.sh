#!/usr/bin/env bash
# What the one process costs before anyone asks: seconds from its start until it is ready, and its memory at rest after that.
# Medians of several starts on a warm disk; nothing is asked of it but its health.
# usage: ./bench.sh start [--json FILE] [--starts N] [--rest SECONDS]
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$ROOT/scripts/common.sh"
. "$ROOT/scripts/gateway.sh"

json=""
starts=5
rest=60
while [ $# -gt 0 ]; do
  case "$1" in
    --json) json="${2:?--json needs a file}"; shift 2 ;;
    --starts) starts="${2:?--starts needs a number}"; shift 2 ;;
    --rest) rest="${2:?--rest needs a number}"; shift 2 ;;
    *) die "usage: ./bench.sh start [--json FILE] [--starts N] [--rest SECONDS]" ;;
  esac
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
need start
need_dotnet
dotnet build "$ROOT/gateway" -c "$CONFIGURATION" -v quiet -nologo >"$work/build.log" 2>&1 </dev/null || { cat "$work/build.log" >&2; die "the build failed"; }
python3 "$ROOT/bench/start/measure.py" "$ROOT/gateway/bin/$CONFIGURATION/net10.0/Sensorium.Gateway.dll" "$starts" "$rest" "$json"
