#!/usr/bin/env bash
# How often pictures show the word that they were asked for, drawn by the running service; run.sh --help names the options. A gateway that
# runs already is measured where SENSORIUM_ADDRESS names one.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$ROOT/scripts/common.sh"
. "$ROOT/scripts/gateway.sh"

need quality
python=$(python_of quality) || die "no Python here has all of $(modules_of quality)"
# The contracts' stubs, the recipe's way of reading pictures, and how other benchmarks ask and tell.
export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$ROOT/clients/python:$ROOT/models/recipe:$ROOT/bench/quality"
case " $* " in *" --help "* | *" -h "*) exec "$python" "$ROOT/bench/draw/draw.py" --help ;; esac
gateway_to_measure
"$python" "$ROOT/bench/draw/draw.py" "$@"
