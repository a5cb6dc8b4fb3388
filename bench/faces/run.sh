#!/usr/bin/env bash
# What each face costs beside gRPC, for the same cached embedding and the same caption. Options: docs/faces.md.
set -euo pipefail
ROOT="$(cd "$(dirname "$0")/../.." && pwd)"
cd "$ROOT"
. scripts/common.sh
need run
need_dotnet
samples/make.sh "$CACHE/samples"
dotnet build gateway -c Release -v quiet --nologo
dotnet build bench/Sensorium.Bench -c Release -v quiet --nologo

# The load generator keeps off the cores of the server.
cores="$(nproc --all)"
(( cores > 1 )) || { echo "bench/faces needs two cores: one for the server, one for the load generator" >&2; exit 1; }
SENSORIUM_ROOT="$ROOT" exec taskset -c "$((cores / 2))-$((cores - 1))" \
  dotnet bench/Sensorium.Bench/bin/Release/net10.0/Sensorium.Bench.dll faces "$@"
