#!/usr/bin/env bash
# How well taught deciders do on sets of real cases, measured through the running service; run.sh --help names the options. A
# gateway that runs already is measured where SENSORIUM_ADDRESS names one.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$ROOT/scripts/common.sh"
. "$ROOT/scripts/gateway.sh"

need decide
python=$(python_of decide) || die "no Python here has all of $(modules_of decide)"
# The contracts' stubs, and what writes the figures.
export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$ROOT/clients/python:$ROOT/bench/quality"
case " $* " in *" --help "* | *" -h "*) exec "$python" "$ROOT/bench/decide/decide.py" --help ;; esac

gateway_to_measure
"$python" "$ROOT/bench/decide/decide.py" "$@"
