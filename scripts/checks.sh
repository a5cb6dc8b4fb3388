# Sourced by test.sh: runs checks, two side by side where they may, and counts what they report. Needs common.sh, $work, $results.

tally() { python3 "$ROOT/scripts/tally.py" "$@"; }

chosen() { [ -z "$only" ] || [[ "${1,,}" == *"${only,,}"* ]]; }

# beside COMMAND...: runs a check beside another one; its output comes as a whole when it has ended.
beside() {
  while [ "$(jobs -rp | grep -vc "^${GATEWAY_PID:-none}$")" -ge "$SIDE_BY_SIDE" ]; do wait -n; done
  (
    trap - EXIT
    output=$(mktemp -p "$work")
    "$@" >"$output" 2>&1
    cat "$output"
  ) &
  checks_beside+=($!)
}

# all_done: returns when no check runs any more.
all_done() {
  [ ${#checks_beside[@]} -eq 0 ] || wait "${checks_beside[@]}" || true
  checks_beside=()
}

# check NAME COMMAND...: one check that either passes or fails, its output shown where it fails.
check() {
  ! chosen "$1" || require "$@"
}

# require NAME COMMAND...: the same, whatever was chosen.
require() {
  local name="$1" start=$SECONDS log
  log=$(mktemp -p "$work")
  shift
  if "$@" >"$log" 2>&1 </dev/null; then
    echo "$name: ok ($((SECONDS - start)) s)"
    tally add "$results" "$name" passed
  else
    tail -n 100 "$log"
    echo "$name: failed ($((SECONDS - start)) s)"
    tally add "$results" "$name" failed
    return 1
  fi
}

# project NAME: one .NET test project, counted from its own report. With --quick without the tests of the trait Tier=Full,
# which take seconds each.
project() {
  local name="$1" start=$SECONDS status=0 log
  chosen "$name" || return 0
  log=$(mktemp -p "$work")
  # Hosts of tests live for seconds: to count calls for code that is compiled again later takes a fifth of their processor time.
  DOTNET_TieredPGO=0 timeout --kill-after=30 900 dotnet test --project "tests/$name/$name.csproj" -c $CONFIGURATION --no-build --no-ansi \
    --no-progress --results-directory "$work/trx" --report-xunit-trx --report-xunit-trx-filename "$name.trx" ${quick:+--filter-not-trait Tier=Full} \
    >"$log" 2>&1 </dev/null || status=$?
  tally trx "$results" "$name ($((SECONDS - start)) s)" "$status" "$work/trx/$name.trx" || tail -n 300 "$log"
}

# suite NAME COMMAND...: tests with a runner of their own; the command writes the file that $REPORT names.
suite() {
  local name="$1" start=$SECONDS status=0 log
  shift
  chosen "$name" || return 0
  log=$(mktemp -p "$work")
  export REPORT="$log.xml"
  timeout --kill-after=10 "${SUITE_SECONDS:-300}" "$@" >"$log" 2>&1 </dev/null || status=$?
  tally junit "$results" "$name ($((SECONDS - start)) s)" "$status" "$REPORT" || tail -n 100 "$log"
}

# python_suite NAME PYTHON FILE...: unittest files.
python_suite() {
  local name="$1" python="$2"
  shift 2
  suite "$name" bash -c 'python="$1"; shift; exec "$python" -W ignore scripts/unittest_report.py "$REPORT" "$@"' suite "$python" "$@"
}

# node_suite NAME FILE...
node_suite() {
  local name="$1"
  shift
  suite "$name" bash -c 'exec node --test --test-reporter=junit --test-reporter-destination="$REPORT" "$@"' suite "$@"
}
