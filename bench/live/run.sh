#!/usr/bin/env bash
# How late a live stream is told of, what is skipped, and how many planted events are found, measured through the running service;
# run.sh --help names the options. A gateway that runs already is measured where SENSORIUM_ADDRESS names one, without its memory.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$ROOT/scripts/common.sh"
. "$ROOT/scripts/debian.sh"
. "$ROOT/scripts/gateway.sh"

need run live
export PYTHONDONTWRITEBYTECODE=1
case " $* " in *" --help "* | *" -h "*) exec python3 "$ROOT/bench/live/live.py" --help ;; esac

"$ROOT/samples/make.sh" "$CACHE/samples"
mkdir -p "$CACHE/live"
cd "$CACHE/live"
fetch_from python3-skimage usr/lib/python3/dist-packages/skimage/data chelsea.png motorcycle_left.png rocket.jpg brick.png gravel.png
cd "$ROOT"

gateway_to_measure "$ROOT/clients/Sensorium.Cli"
SENSORIUM_CLI="$ROOT/clients/Sensorium.Cli/bin/$CONFIGURATION/net10.0/sensorium.dll" SENSORIUM_PID="$GATEWAY_PID" \
  python3 "$ROOT/bench/live/live.py" --samples "$CACHE/samples" --pictures "$CACHE/live" --work "$work" "$@"
