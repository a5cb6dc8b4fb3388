#!/usr/bin/env bash
# What further replicas bring, on this machine with a model that sleeps, and simulated up to a thousand: docs/scaling.md.
set -euo pipefail
root="$(cd "$(dirname "$0")/../.." && pwd)"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 ORT_DISABLE_TELEMETRY=1
dotnet build "$root/bench/Sensorium.Bench" -c Release -v quiet --nologo
SENSORIUM_ROOT="$root" exec dotnet "$root/bench/Sensorium.Bench/bin/Release/net10.0/Sensorium.Bench.dll" scale "$@"
