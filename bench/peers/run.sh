#!/usr/bin/env bash
# Sensorium beside a Node user's server, a bare ONNX Runtime loop and a gRPC echo. Options: docs/performance.md.
set -euo pipefail
root="$(cd "$(dirname "$0")/../.." && pwd)"
for tool in dotnet node npm redis-server taskset; do
  command -v "$tool" > /dev/null || { echo "bench/peers needs $tool" >&2; exit 1; }
done
(cd "$root/bench/peers/node" && ONNXRUNTIME_NODE_INSTALL=skip npm ci --ignore-scripts --silent --no-fund --no-audit)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 ORT_DISABLE_TELEMETRY=1
dotnet build "$root/gateway" -c Release -v quiet --nologo
dotnet build "$root/bench/Sensorium.Bench" -c Release -v quiet --nologo

# The load generator keeps off the cores of the servers that it measures.
cores="$(nproc --all)"
(( cores > 1 )) || { echo "bench/peers needs two cores: one for servers, one for the load generator" >&2; exit 1; }
load_cores="$((cores / 2))-$((cores - 1))"
previous=
for argument in "$@"; do
  [[ "$previous" == --load-cores ]] && load_cores="$argument"
  previous="$argument"
done
SENSORIUM_ROOT="$root" exec taskset -c "$load_cores" \
  dotnet "$root/bench/Sensorium.Bench/bin/Release/net10.0/Sensorium.Bench.dll" run "$@"
