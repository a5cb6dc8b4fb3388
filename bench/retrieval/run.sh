#!/usr/bin/env bash
# How well, how fast and at what cost collections are searched, through the API, for each store. Options: docs/search.md.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$ROOT/scripts/common.sh"
need_dotnet
for project in gateway bench/retrieval; do
  dotnet build "$ROOT/$project" -c "$CONFIGURATION" -v quiet -nologo
done
exec dotnet "$ROOT/bench/retrieval/bin/$CONFIGURATION/net10.0/Sensorium.Bench.Retrieval.dll" \
  --gateway "$ROOT/gateway/bin/$CONFIGURATION/net10.0/Sensorium.Gateway.dll" "$@"
