#!/usr/bin/env bash
# How good the shipped pack is, measured through the running service: run.sh [--json FILE] [--help]
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$ROOT/scripts/common.sh"
. "$ROOT/scripts/gateway.sh"

need_packages ffmpeg=ffmpeg protoc=protobuf-compiler grpc_python_plugin=protobuf-compiler-grpc
python=$(python_with grpc) || { need_packages no-such-command=python3-grpcio; python=$(python_with grpc); }
for module in numpy PIL; do
  "$python" -c "import $module" 2>/dev/null || need_packages "no-such-command=python3-${module/PIL/pil}"
done
case " $* " in *" --help "*) exec "$python" "$ROOT/bench/quality/quality.py" --help ;; esac

work=$(mktemp -d)
trap 'stop_gateway; rm -rf "$work"' EXIT
if [ -z "${SENSORIUM_ADDRESS:-}" ]; then
  need_dotnet
  dotnet build "$ROOT/Services.sln" -c "$CONFIGURATION" -v quiet -nologo >&2
  start_gateway 0 0 "$work/gateway.log"
  SENSORIUM_ADDRESS="$GATEWAY_ADDRESS"
fi
export SENSORIUM_ADDRESS PYTHONDONTWRITEBYTECODE=1
"$python" "$ROOT/bench/quality/quality.py" "$@"
