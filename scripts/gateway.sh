# Sourced: starts the gateway with every service in its process, and stops it. Needs common.sh and a finished build.

GATEWAY_PID=""

# start_gateway PORT HTTP_PORT LOG: port 0 takes a free one. Returns when the gateway answers its health check; sets
# GATEWAY_PID, GATEWAY_ADDRESS and GATEWAY_HTTP, the address of its HTTP port.
start_gateway() {
  local log="$3" waited
  : >"$log" # there to be read from the start, however late the gateway opens it
  Sensorium__Host__GrpcPort="$1" Sensorium__Host__HttpPort="$2" \
    dotnet "$ROOT/gateway/bin/$CONFIGURATION/net10.0/Sensorium.Gateway.dll" >"$log" 2>&1 </dev/null &
  GATEWAY_PID=$!
  GATEWAY_ADDRESS=""
  for waited in $(seq 600); do
    GATEWAY_ADDRESS=$(sed -n 's#.*The gateway service serves gRPC on \([^ ]*\).*#\1#p' "$log" | head -n 1)
    [ -z "$GATEWAY_ADDRESS" ] || break
    kill -0 "$GATEWAY_PID" 2>/dev/null || break
    sleep 0.1
  done
  if [ -z "$GATEWAY_ADDRESS" ] || ! sensorium status --wait 120 --address "$GATEWAY_ADDRESS" >/dev/null; then
    tail -n 40 "$log" >&2
    say "the gateway did not become ready"
    return 1
  fi
  # gRPC listens first, HTTP second.
  GATEWAY_HTTP=$(sed -n 's#.*Now listening on: \(http[^ ]*\).*#\1#p' "$log" | sed -n 2p)
}

# stop_gateway: asks it to finish what it does, and insists after 15 seconds.
stop_gateway() {
  local waited
  [ -n "$GATEWAY_PID" ] || return 0
  kill "$GATEWAY_PID" 2>/dev/null || true
  for waited in $(seq 150); do
    kill -0 "$GATEWAY_PID" 2>/dev/null || break
    sleep 0.1
  done
  # Nothing here may fail: callers run under "set -e", and their exit status is to be that of their work.
  kill -9 "$GATEWAY_PID" 2>/dev/null || true
  wait "$GATEWAY_PID" 2>/dev/null || true
  GATEWAY_PID=""
}

# gateway_to_measure [PROJECT...]: builds the projects, and starts a gateway that ends with the script unless $SENSORIUM_ADDRESS
# names one that runs already; exports SENSORIUM_ADDRESS. $work is a folder that ends with the script, too.
gateway_to_measure() {
  local project
  work=$(mktemp -d)
  trap 'stop_gateway; rm -rf "$work"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  need_dotnet
  [ -n "${SENSORIUM_ADDRESS:-}" ] || set -- "$@" "$ROOT/run.slnf"
  for project in "$@"; do
    dotnet build "$project" -c "$CONFIGURATION" -v quiet -nologo >"$work/build.log" 2>&1 </dev/null || { cat "$work/build.log" >&2; die "the build failed"; }
  done
  if [ -z "${SENSORIUM_ADDRESS:-}" ]; then
    start_gateway 0 0 "$work/gateway.log"
    SENSORIUM_ADDRESS="$GATEWAY_ADDRESS"
  fi
  export SENSORIUM_ADDRESS
}

# python_to_measure GROUP PROGRAM [ARGUMENT...]: sets $python to one that has the group's modules, and where it finds the contracts' stubs,
# the recipe's metrics and how the quality benchmark asks and tells. A program that is asked for its help gives it, and that is all.
python_to_measure() {
  local group="$1" program="$2"
  shift 2
  need "$group"
  python=$(python_of "$group") || die "no Python here has all of $(modules_of "$group")"
  export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$ROOT/clients/python:$ROOT/bench/quality:$ROOT/models/recipe"
  case " $* " in *" --help "* | *" -h "*) exec "$python" "$program" --help ;; esac
}

sensorium() { dotnet "$ROOT/clients/Sensorium.Cli/bin/$CONFIGURATION/net10.0/sensorium.dll" "$@"; }
