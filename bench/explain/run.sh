#!/usr/bin/env bash
# How far explanations point at what they should, measured through the running service; run.sh --help names the options. A
# gateway that runs already is measured where SENSORIUM_ADDRESS names one.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$ROOT/scripts/common.sh"
. "$ROOT/scripts/gateway.sh"

need quality
python=$(python_of quality) || die "no Python here has all of $(modules_of quality)"
# The contracts' stubs, what the quality bench measures with, and the recipe's metrics.
export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$ROOT/clients/python:$ROOT/bench/quality:$ROOT/models/recipe"
case " $* " in *" --help "* | *" -h "*) exec "$python" "$ROOT/bench/explain/explain.py" --help ;; esac

gateway_to_measure
"$python" "$ROOT/bench/explain/explain.py" "$@"
