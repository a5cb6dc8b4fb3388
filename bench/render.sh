#!/usr/bin/env bash
# Writes docs/performance.md and docs/performance.svg, docs/families.md, docs/faces.md, or the tables of docs/search.md, from a run's JSON: bench/render.sh FILE
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
json="$(realpath "$1")"
dotnet build "$root/bench/Sensorium.Bench" -c Release -v quiet --nologo
SENSORIUM_ROOT="$root" exec dotnet "$root/bench/Sensorium.Bench/bin/Release/net10.0/Sensorium.Bench.dll" render "$json"
