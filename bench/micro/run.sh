#!/usr/bin/env bash
# Micro-benchmarks by BenchmarkDotNet. --check compares allocations with ceilings.json (seconds, deterministic);
# --write-ceilings makes what is measured now the ceiling; other options go to BenchmarkDotNet.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
dotnet build "$here" -c Release -v quiet --nologo
cd "$here/../.."
mkdir -p artifacts/bench
# One core, fixed compilation tiers: how code is compiled decides what the runtime can keep off the heap.
export SENSORIUM_CEILINGS="$here/ceilings.json" DOTNET_TieredPGO=0 DOTNET_TieredCompilation=0
cd artifacts/bench
exec dotnet "$here/bin/Release/net10.0/Sensorium.Bench.Micro.dll" "$@"
