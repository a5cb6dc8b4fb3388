#!/usr/bin/env bash
# How good the shipped pack is, measured through the running service; run.sh --help names the options. A gateway that
# runs already is measured where SENSORIUM_ADDRESS names one.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$ROOT/scripts/common.sh"
. "$ROOT/scripts/gateway.sh"

python_to_measure quality "$ROOT/bench/quality/quality.py" "$@"

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
