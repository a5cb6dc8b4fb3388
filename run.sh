#!/usr/bin/env bash
# Installs what is missing, builds, starts Sensorium in one process and captions the samples.
set -euo pipefail
STARTED=$(date +%s%N)
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$ROOT"
. scripts/common.sh
. scripts/gateway.sh

usage() {
  cat <<'TEXT'
usage: ./run.sh [--once] [--port N] [--yes]

  --once     stop after the captions; the exit status is 0 only if all of them came
  --port N   serve gRPC on port N and health and metrics on port N + 10 (default 7070)
  --yes      install missing Debian packages without asking
  --help     this text
TEXT
}

once=""
port=7070
while [ $# -gt 0 ]; do
  case "$1" in
    --once) once=1; shift ;;
    --port) port="${2:?--port needs a number}"; shift 2 ;;
    --yes) export INSTALL_ANSWER=yes; shift ;;
    --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done
[[ "$port" =~ ^[0-9]+$ ]] && [ "$port" -gt 0 ] && [ "$port" -le 65525 ] || die "--port must lie between 1 and 65525, but is \"$port\""

build() {
  say "building"
  dotnet build run.slnf -c $CONFIGURATION -v quiet -nologo >"$CACHE/build.log" 2>&1 </dev/null ||
    { tail -n 40 "$CACHE/build.log" >&2; die "the build failed"; }
}

# caption FILE: its caption, as the tokens come.
caption() { sensorium caption --timing --address "$GATEWAY_ADDRESS" "$CACHE/samples/$1"; }

seconds_since_start() { awk -v from="$STARTED" -v to="$(date +%s%N)" 'BEGIN { printf "%.1f", (to - from) / 1e9 }'; }

trap stop_gateway EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

need run
need_dotnet
samples/make.sh "$CACHE/samples" &
samples_job=$!
build
wait "$samples_job" || die "the samples could not be made"
say "starting"
start_gateway "$port" "$((port + 10))" "$CACHE/gateway.log"
echo
caption camera.png
first=$(seconds_since_start)
caption clock.wav
caption camera.mp4
echo
echo "time from ./run.sh to the first caption: $first s"
[ -z "$once" ] || exit 0

cat <<TEXT

Sensorium is up. Press Ctrl-C to stop it.
  gRPC     $GATEWAY_ADDRESS
  page     http://127.0.0.1:$((port + 10))/
  health   http://127.0.0.1:$((port + 10))/health/ready
  metrics  http://127.0.0.1:$((port + 10))/metrics
  log      $CACHE/gateway.log
  try      dotnet clients/Sensorium.Cli/bin/$CONFIGURATION/net10.0/sensorium.dll caption --address $GATEWAY_ADDRESS FILE
TEXT
wait "$GATEWAY_PID"
