#!/usr/bin/env bash
# How good the shipped pack is, measured through the running service; run.sh --help names the options. A gateway that
# runs already is measured where SENSORIUM_ADDRESS names one.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$ROOT/scripts/common.sh"
. "$ROOT/scripts/gateway.sh"

need quality
python=$(python_of quality) || die "no Python here has all of $(modules_of quality)"
# The contracts' stubs, and the metrics that the recipe has too.
export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$ROOT/clients/python:$ROOT/models/recipe"
case " $* " in *" --help "* | *" -h "*) exec "$python" "$ROOT/bench/quality/quality.py" --help ;; esac

# --variant names the encoders' number format; the gateway that is started here serves it.
previous=
for argument in "$@"; do
  variant=
  [[ "$previous" != --variant ]] || variant="$argument"
  [[ "$argument" != --variant=* ]] || variant="${argument#--variant=}"
  if [[ -n "$variant" ]]; then
    [[ -z "${SENSORIUM_ADDRESS:-}" ]] || die "--variant is for a gateway that is started here; SENSORIUM_ADDRESS names another"
    for service in Text Vision Audio Video; do export "Sensorium__${service}__Model__Variant=$variant"; done
  fi
  previous="$argument"
done

gateway_to_measure "$ROOT/bench/Sensorium.Bench"
export SENSORIUM_BENCH="$ROOT/bench/Sensorium.Bench/bin/$CONFIGURATION/net10.0/Sensorium.Bench.dll"
"$python" "$ROOT/bench/quality/quality.py" "$@"
