#!/usr/bin/env bash
# How well taught deciders do on sets of real cases, measured through the running service; run.sh --help names the options. A
# gateway that runs already is measured where SENSORIUM_ADDRESS names one.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$ROOT/scripts/common.sh"
. "$ROOT/scripts/gateway.sh"

python_to_measure decide "$ROOT/bench/decide/decide.py" "$@"
gateway_to_measure
"$python" "$ROOT/bench/decide/decide.py" "$@"
