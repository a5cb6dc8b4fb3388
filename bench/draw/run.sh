#!/usr/bin/env bash
# How often pictures show the word that they were asked for, drawn by the running service; run.sh --help names the options. A gateway that
# runs already is measured where SENSORIUM_ADDRESS names one.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$ROOT/scripts/common.sh"
. "$ROOT/scripts/gateway.sh"

python_to_measure quality "$ROOT/bench/draw/draw.py" "$@"
gateway_to_measure
"$python" "$ROOT/bench/draw/draw.py" "$@"
