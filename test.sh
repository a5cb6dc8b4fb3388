#!/usr/bin/env bash
# Installs what the checks need, builds once, and runs every check there is. The last line counts them:
# "N passed, N failed, N skipped". The exit status is 0 only if nothing failed.
set -uo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$ROOT"
. scripts/common.sh
. scripts/gateway.sh

usage() {
  cat <<'TEXT'
usage: ./test.sh [--only WORD]

  --only WORD   build, and then only the steps and test projects whose name contains WORD
  --help        this text
TEXT
}

only=""
while [ $# -gt 0 ]; do
  case "$1" in
    --only) only="${2:?--only needs a word}"; shift 2 ;;
    --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done

export PYTHONDONTWRITEBYTECODE=1
work=$(mktemp -d)
results="$work/results"
: >"$results"
finished=""
cleanup() {
  stop_gateway
  if [ -z "$finished" ]; then
    tally add "$results" "test.sh ended before its end" failed
    tally total "$results"
  fi
  rm -rf "$work"
}
trap cleanup EXIT

tally() { python3 "$ROOT/scripts/tally.py" "$@"; }

chosen() { [ -z "$only" ] || [[ "${1,,}" == *"${only,,}"* ]]; }

# check NAME COMMAND...: one check that either passes or fails, its output shown where it fails.
check() {
  ! chosen "$1" || require "$@"
}

# require NAME COMMAND...: the same, whatever was chosen.
require() {
  local name="$1" start=$SECONDS
  shift
  if "$@" >"$work/log" 2>&1 </dev/null; then
    echo "$name: ok ($((SECONDS - start)) s)"
    tally add "$results" "$name" passed
  else
    tail -n 100 "$work/log"
    echo "$name: failed ($((SECONDS - start)) s)"
    tally add "$results" "$name" failed
    return 1
  fi
}

# finish: the closing line, and the status that belongs to it.
finish() {
  stop_gateway
  finished=1
  echo
  tally total "$results"
  exit $?
}

# project NAME: one .NET test project, counted from its own report.
project() {
  local name="$1" start=$SECONDS status=0
  chosen "$name" || return 0
  timeout --kill-after=30 900 dotnet test --project "tests/$name/$name.csproj" -c $CONFIGURATION --no-build --no-ansi \
    --no-progress --results-directory "$work/trx" --report-xunit-trx --report-xunit-trx-filename "$name.trx" \
    >"$work/log" 2>&1 </dev/null || status=$?
  if ! tally trx "$results" "$name ($((SECONDS - start)) s)" "$status" "$work/trx/$name.trx"; then
    tail -n 300 "$work/log"
  fi
}

# suite NAME COMMAND...: tests with a runner of their own; the command writes $work/report.xml.
suite() {
  local name="$1" start=$SECONDS status=0
  shift
  chosen "$name" || return 0
  rm -f "$work/report.xml"
  timeout --kill-after=10 300 "$@" >"$work/log" 2>&1 </dev/null || status=$?
  if ! tally junit "$results" "$name ($((SECONDS - start)) s)" "$status" "$work/report.xml"; then
    tail -n 100 "$work/log"
  fi
}

prepare_checks() {
  need_packages ffmpeg=ffmpeg redis-server=redis-server node=nodejs npm=npm protoc=protobuf-compiler \
    grpc_python_plugin=protobuf-compiler-grpc /usr/include/google/protobuf/any.proto=libprotobuf-dev || return 1
  python_with grpc >/dev/null || need_packages no-such-command=python3-grpcio || return 1
  need_dotnet && need_npm tools && need_npm clients/node
}

# prepare_recipe: PyTorch is a large package, so it comes only where the recipe is tested. Sets RECIPE_PYTHON.
prepare_recipe() {
  local modules=torch,numpy,PIL
  RECIPE_PYTHON=$(python_with $modules) && return 0
  # In a shell of its own: where it fails, only the suites that need it do.
  (need_packages no-such-command=python3-torch no-such-command=libopenblas0-openmp no-such-command=python3-numpy \
    no-such-command=python3-pil) || return 1
  RECIPE_PYTHON=$(python_with $modules)
}

need_packages python3=python3
require "prepare" prepare_checks || finish
require "build" dotnet build Services.sln -c $CONFIGURATION -v quiet -nologo || finish
check "format" dotnet format Services.sln --no-restore --verify-no-changes
check "buf lint" tools/node_modules/.bin/buf lint
check "buf breaking" tools/node_modules/.bin/buf breaking --against protos/baseline.binpb
check "allocations of the hot paths" ./bench.sh micro --check

check "configuration page" scripts/configuration_doc.py --check
suite "scripts" python3 scripts/unittest_report.py "$work/report.xml" scripts/tally_test.py

if chosen "models/tests" && require "packages of models/tests" need_npm models/tests; then
  suite "models/tests" node --test --test-reporter=junit --test-reporter-destination="$work/report.xml" models/tests/*.test.mjs
fi
if { chosen "models/recipe" || chosen "bench/quality"; } && require "packages of models/recipe" prepare_recipe; then
  suite "models/recipe" "$RECIPE_PYTHON" -W ignore scripts/unittest_report.py "$work/report.xml" models/recipe/tests/test_*.py
  suite "bench/quality" env PYTHONPATH=models/recipe \
    "$RECIPE_PYTHON" scripts/unittest_report.py "$work/report.xml" bench/quality/quality_test.py
fi

for path in tests/*/*Tests.csproj; do
  project "$(basename "$path" .csproj)"
done

if chosen "clients/dotnet" || chosen "clients/python" || chosen "clients/node"; then
  require "samples" samples/make.sh "$CACHE/samples" || finish
  require "gateway for the examples" start_gateway 0 0 "$work/gateway.log" || finish
  export SENSORIUM_SAMPLES="$CACHE/samples" SENSORIUM_ADDRESS="$GATEWAY_ADDRESS"
  check "clients/dotnet" dotnet "clients/dotnet/FirstFiveCalls/bin/$CONFIGURATION/net10.0/FirstFiveCalls.dll" \
    "http://$GATEWAY_ADDRESS" "$SENSORIUM_SAMPLES"
  suite "clients/python" "$(python_with grpc)" scripts/unittest_report.py "$work/report.xml" clients/python/first_five_calls_test.py
  suite "clients/node" node --test --test-reporter=junit --test-reporter-destination="$work/report.xml" clients/node/first-five-calls.test.mjs
fi
finish
