#!/usr/bin/env bash
# Installs what the checks need, builds once, and runs every check there is, or with --quick those that take seconds. The
# last line counts them: "N passed, N failed, N skipped". The exit status is 0 only if nothing failed.
set -uo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$ROOT"
. scripts/common.sh
. scripts/gateway.sh
. scripts/checks.sh

usage() {
  cat <<'TEXT'
usage: ./test.sh [--quick] [--only WORD] [--yes]

  --quick       unit and architecture tests alone, without those that take seconds each (trait Tier=Full)
  --only WORD   build, and then only the steps and test projects whose name contains WORD
  --yes         install missing Debian packages without asking
  --help        this text
TEXT
}

only="" quick=""
while [ $# -gt 0 ]; do
  case "$1" in
    --quick) quick=1; shift ;;
    --only) only="${2:?--only needs a word}"; shift 2 ;;
    --yes) export INSTALL_ANSWER=yes; shift ;;
    --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done

export PYTHONDONTWRITEBYTECODE=1
SIDE_BY_SIDE=2
checks_beside=()
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

# finish: the slowest tests, the closing line, and the status that belongs to it.
finish() {
  all_done
  stop_gateway
  finished=1
  echo
  tally total "$results"
  exit $?
}

prepare_checks() {
  install_missing quick || return 1
  need_dotnet
  [ -n "$quick" ] || { install_missing test && need_npm tools && need_npm clients/node && need_npm tests/playground; }
}

# Golden tests measure and are heavy, functional tests time out under load: neither runs beside anything else.
is_quick() { [[ "$1" == *UnitTests || "$1" == *Architecture* || "$1" == *Deployment* ]]; }

# Those that take longest come first, so that none of them is left running alone at the end.
LONG_PROJECTS='(Tokenization|Preprocessing|Media|Onnx)\.UnitTests$'
quick_projects() {
  local name
  for name in $(ls tests | grep -E "$LONG_PROJECTS") $(ls tests | grep 'Tests$' | grep -vE "$LONG_PROJECTS"); do
    ! is_quick "$name" || beside project "$name"
  done
}

slow_projects() {
  local path
  for path in tests/*/*Tests.csproj; do
    is_quick "$(basename "$path" .csproj)" || project "$(basename "$path" .csproj)"
  done
}

static_checks() {
  # The build already ends at every style and analyzer warning, so only white space is left to look at.
  beside check "format" dotnet format whitespace . --folder --verify-no-changes
  beside check "buf lint" tools/node_modules/.bin/buf lint
  beside check "buf breaking" tools/node_modules/.bin/buf breaking --against protos/baseline.binpb
  beside check "configuration page" scripts/configuration_doc.py --check
  beside check "page of errors" scripts/errors_doc.py --check
  beside check "metrics page" scripts/metrics_doc.py --check
  beside check "page of models" scripts/models_doc.py --check
  beside check "packages" scripts/check_packages.py "$work/packages"
  beside python_suite "scripts" python3 scripts/*_test.py
}

model_suites() {
  if chosen "models/tests" && require "packages of models/tests" need_npm models/tests; then
    beside node_suite "models/tests" models/tests/*.test.mjs
  fi
  if { chosen "models/recipe" || chosen "bench/quality"; } && require "packages of models/recipe" install_missing recipe; then
    beside python_suite "models/recipe" "$(python_of recipe)" models/recipe/tests/test_*.py
    PYTHONPATH=models/recipe beside python_suite "bench/quality" "$(python_of recipe)" bench/quality/quality_test.py
    beside python_suite "bench/decide" "$(python_of recipe)" bench/decide/figures_test.py
    PYTHONPATH=models/recipe beside python_suite "bench/draw" "$(python_of recipe)" bench/draw/judging_test.py
    beside python_suite "bench/live" "$(python_of recipe)" bench/live/figures_test.py
  fi
}

# What the functional and golden tests compare with.
tiny_models() {
  chosen "tiny models" || chosen "Sensorium.FunctionalTests" || chosen "Sensorium.GoldenTests" || return 0
  make_tiny_models
  ! chosen "Sensorium.FunctionalTests" || make_samples
}

make_samples() {
  [ -z "${SENSORIUM_SAMPLES:-}" ] || return 0
  require "samples" samples/make.sh "$CACHE/samples" || return 1
  export SENSORIUM_SAMPLES="$CACHE/samples"
}

make_tiny_models() {
  [ -z "${SENSORIUM_TINY_MODELS:-}" ] || return 0
  require "tiny models" tests/tiny-models/make.sh "$CACHE/tiny-models" || return 1
  export SENSORIUM_TINY_MODELS="$CACHE/tiny-models"
}

cuda_build() {
  chosen "cuda build" || return 0
  require "cuda build" dotnet build services/Vision -c $CONFIGURATION -v quiet -nologo -p:Accelerator=cuda -p:RunAnalyzers=false \
    --artifacts-path "$CACHE/cuda" || return 0
  python_suite "cuda build: start" python3 scripts/cuda/start_test.py
}

# The other library for pictures, in outputs of its own: the normal ones stay as they are.
other_imaging() {
  local out="$CACHE/imagesharp" name
  chosen "ImageSharp" || return 0
  for name in Media.UnitTests GoldenTests; do
    require "build of $name with ImageSharp" dotnet build "tests/Sensorium.$name" -c $CONFIGURATION -v quiet -nologo \
      -p:Imaging=ImageSharp --artifacts-path "$out" || return 0
  done
  check "ImageSharp: pictures" "$(imaging_test Media.UnitTests)" -namespace "*Imaging" -noLogo
  check "ImageSharp: golden pictures" "$(imaging_test GoldenTests)" -class "*PillowGoldenTests" -noLogo
}

imaging_test() { echo "$CACHE/imagesharp/bin/Sensorium.$1/${CONFIGURATION,,}/Sensorium.$1"; }

client_suites() {
  chosen "clients/dotnet" || chosen "clients/python" || chosen "clients/node" || chosen "playground" || return 0
  make_samples && make_tiny_models || return 0
  mkdir "$work/models"
  ln -s "$ROOT/models/sensorium-mini" "$SENSORIUM_TINY_MODELS"/{models,pictures}/* "$work/models"
  for graph in simple simple_string; do
    mkdir -p "$work/models/$graph"
    cp "tests/Sensorium.Onnx.UnitTests/Graphs/$graph.onnx" "$work/models/$graph/model.onnx"
  done
  export Sensorium__Models__Folder="$work/models" Sensorium__Index__Folder="$work/index"
  require "gateway for the examples" start_gateway 0 0 "$work/gateway.log" || return 0
  unset Sensorium__Models__Folder Sensorium__Index__Folder
  export SENSORIUM_ADDRESS="$GATEWAY_ADDRESS" SENSORIUM_HTTP="$GATEWAY_HTTP"
  check "clients/dotnet" dotnet "clients/dotnet/FirstFiveCalls/bin/$CONFIGURATION/net10.0/FirstFiveCalls.dll" \
    "http://$GATEWAY_ADDRESS" "$SENSORIUM_SAMPLES"
  python_suite "clients/python" "$(python_of test)" clients/python/first_five_calls_test.py clients/python/operations_test.py
  node_suite "clients/node" clients/node/first-five-calls.test.mjs clients/node/operations.test.mjs clients/node/faces.test.mjs
  SENSORIUM_SCREENSHOTS="$CACHE/screenshots" node_suite "playground" tests/playground/page.test.mjs
}

# Asked for here, where a person can answer; whatever is refused fails the step that needs it.
groups=(quick)
[ -n "$quick" ] || groups+=(test)
[ -n "$quick" ] || ! { chosen "models/recipe" || chosen "bench/quality"; } || groups+=(recipe)
install_missing "${groups[@]}" || true
require "prepare" prepare_checks || finish
require "build" dotnet build Services.sln -c $CONFIGURATION -v quiet -nologo || finish
if [ -n "$quick" ]; then
  quick_projects
  finish
fi
static_checks
quick_projects
model_suites
beside cuda_build
beside other_imaging
all_done
check "allocations of the hot paths" ./bench.sh micro --check
tiny_models || true
slow_projects
client_suites
finish
