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

work=$(mktemp -d)
trap 'stop_gateway; rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
if [ -z "${SENSORIUM_ADDRESS:-}" ]; then
  need_dotnet
  dotnet build "$ROOT/run.slnf" -c "$CONFIGURATION" -v quiet -nologo >"$work/build.log" 2>&1 </dev/null || { cat "$work/build.log" >&2; die "the build failed"; }
  start_gateway 0 0 "$work/gateway.log"
  SENSORIUM_ADDRESS="$GATEWAY_ADDRESS"
fi
export SENSORIUM_ADDRESS
"$python" "$ROOT/bench/explain/explain.py" "$@"
