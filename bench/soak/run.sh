#!/usr/bin/env bash
# What is lost when processes are killed or leave, Redis misbehaves, media are damaged, callers do not read; what grows in half an hour: docs/reliability.md.
set -euo pipefail
root="$(cd "$(dirname "$0")/../.." && pwd)"
for tool in dotnet ffmpeg redis-server taskset; do
  command -v "$tool" > /dev/null || { echo "bench/soak needs $tool" >&2; exit 1; }
done
export DOTNET_CLI_TELEMETRY_OPTOUT=1 ORT_DISABLE_TELEMETRY=1
for host in gateway services/{Text,Vision,Audio,Video,Generation} bench/Sensorium.Bench; do
  dotnet build "$root/$host" -c Release -v quiet --nologo
done
SENSORIUM_ROOT="$root" exec dotnet "$root/bench/Sensorium.Bench/bin/Release/net10.0/Sensorium.Bench.dll" soak "$@"
