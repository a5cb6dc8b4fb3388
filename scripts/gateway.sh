# Sourced: starts the gateway with every service in its process, and stops it. Needs common.sh and a finished build.

GATEWAY_PID=""

# start_gateway PORT LOG [FOLLOW]: port 0 takes a free one. Returns when the gateway answers its health check; sets GATEWAY_PID
# and GATEWAY_PORT.
start_gateway() {
  local port="$1" log="$2" waited
  dotnet "$ROOT/gateway/bin/$CONFIGURATION/net10.0/Sensorium.Gateway.dll" --urls "http://127.0.0.1:$port" >"$log" 2>&1 </dev/null &
  GATEWAY_PID=$!
  for waited in $(seq 600); do
    GATEWAY_PORT=$(sed -n 's#.*Now listening on: http://[^ ]*:\([0-9]*\).*#\1#p' "$log" | head -n 1)
    [ -z "$GATEWAY_PORT" ] || break
    kill -0 "$GATEWAY_PID" 2>/dev/null || break
    sleep 0.1
  done
  if [ -z "$GATEWAY_PORT" ] || ! sensorium status --wait 120 --address "http://127.0.0.1:$GATEWAY_PORT" >/dev/null; then
    tail -n 40 "$log" >&2
    say "the gateway did not become ready"
    return 1
  fi
}

# stop_gateway: asks it to finish what it does, and insists after 15 seconds.
stop_gateway() {
  local waited
  [ -n "$GATEWAY_PID" ] || return 0
  kill "$GATEWAY_PID" 2>/dev/null
  for waited in $(seq 150); do
    kill -0 "$GATEWAY_PID" 2>/dev/null || break
    sleep 0.1
  done
  kill -9 "$GATEWAY_PID" 2>/dev/null
  wait "$GATEWAY_PID" 2>/dev/null
  GATEWAY_PID=""
}

sensorium() { dotnet "$ROOT/clients/Sensorium.Cli/bin/$CONFIGURATION/net10.0/sensorium.dll" "$@"; }
