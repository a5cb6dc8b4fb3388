#!/usr/bin/env bash
# Runs the tests with coverlet and prints which share of each project's lines they reach.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"
. scripts/common.sh

usage() {
  cat <<'TEXT'
usage: scripts/coverage.sh [PROJECT...]

  PROJECT   a folder of tests/, such as Sensorium.Core.UnitTests; without any, all unit tests

The reports are kept in .cache/coverage/reports, as Cobertura XML.
TEXT
}

[[ "${1:-}" != -* ]] || { usage; exit 0; }
[ $# -gt 0 ] || set -- $(basename -a tests/*.UnitTests)

reports="$CACHE/coverage/reports"
rm -rf "$reports"
need quick
need_dotnet
for project in "$@"; do
  [ -f "tests/$project/$project.csproj" ] || die "there is no tests/$project"
  say "$project"
  # A build of its own: coverlet rewrites the assemblies that it counts.
  dotnet test --project "tests/$project/$project.csproj" -c $CONFIGURATION -p:Coverage=true -p:RunAnalyzers=false \
    --artifacts-path "$CACHE/coverage" --no-ansi --no-progress --results-directory "$reports/$project" \
    --coverlet --coverlet-output-format cobertura --coverlet-include "[Sensorium.*]*" \
    --coverlet-exclude "[Sensorium.*Tests]*" --coverlet-exclude "[Sensorium.Testing.Shared]*" --coverlet-exclude "[Sensorium.Contracts]*" \
    >"$CACHE/coverage.log" 2>&1 </dev/null || { tail -n 40 "$CACHE/coverage.log" >&2; die "$project failed"; }
done
find "$reports" -name '*.xml' -print0 | xargs -0 python3 scripts/coverage_table.py
