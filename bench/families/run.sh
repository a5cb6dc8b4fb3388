#!/usr/bin/env bash
# Each family of models beside @huggingface/transformers, from the same folders: differences, rates, memory. Options: docs/families.md.
set -euo pipefail
ROOT="$(cd "$(dirname "$0")/../.." && pwd)"
cd "$ROOT"
. scripts/common.sh
need test
for tool in dotnet node npm taskset; do
  command -v "$tool" > /dev/null || { echo "bench/families needs $tool" >&2; exit 1; }
done
[ -d bench/peers/node/node_modules ] || (cd bench/peers/node && ONNXRUNTIME_NODE_INSTALL=skip npm ci --ignore-scripts --silent --no-fund --no-audit)
dotnet build gateway -c Release -v quiet --nologo
dotnet build bench/Sensorium.Bench -c Release -v quiet --nologo
work=artifacts/bench/families
rm -rf "$work"
mkdir -p "$work"
"$(python_of test)" tests/tiny-models/make.py "$work"

# The load generator keeps off the cores of the servers that it measures.
cores="$(nproc --all)"
(( cores > 1 )) || { echo "bench/families needs two cores: one for servers, one for the load generator" >&2; exit 1; }
SENSORIUM_ROOT="$ROOT" exec taskset -c "$((cores / 2))-$((cores - 1))" \
  dotnet bench/Sensorium.Bench/bin/Release/net10.0/Sensorium.Bench.dll families "$@"
