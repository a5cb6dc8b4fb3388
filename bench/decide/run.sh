#!/usr/bin/env bash
# How well taught deciders do on sets of real cases, measured through the running service; run.sh --help names the options. A
# gateway that runs already is measured where SENSORIUM_ADDRESS names one.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$ROOT/scripts/common.sh"
. "$ROOT/scripts/gateway.sh"

need decide
python=$(python_of decide) || die "no Python here has all of $(modules_of decide)"
export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$ROOT/clients/python"
case " $* " in *" --help "* | *" -h "*) exec "$python" "$ROOT/bench/decide/decide.py" --help ;; esac

work=$(mktemp -d)
trap 'stop_gateway; rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
need_dotnet
if [ -z "${SENSORIUM_ADDRESS:-}" ]; then
  dotnet build "$ROOT/run.slnf" -c "$CONFIGURATION" -v quiet -nologo >"$work/build.log" 2>&1 </dev/null || { cat "$work/build.log" >&2; die "the build failed"; }
  start_gateway 0 0 "$work/gateway.log"
  SENSORIUM_ADDRESS="$GATEWAY_ADDRESS"
fi
export SENSORIUM_ADDRESS
"$python" "$ROOT/bench/decide/decide.py" "$@"
