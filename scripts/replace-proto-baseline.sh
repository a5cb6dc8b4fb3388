#!/usr/bin/env bash
# Makes the contracts as they are now the ones that later changes are checked against. Run it when a release is cut,
# or when an incompatible change is meant; the change of protos/baseline.binpb then says so in the history.
set -euo pipefail
ROOT=$(cd "$(dirname "$0")/.." && pwd)
. "$ROOT/scripts/common.sh"
need contracts
need_npm "$ROOT/tools"
cd "$ROOT"
tools/node_modules/.bin/buf build -o protos/baseline.binpb
say "protos/baseline.binpb replaced"
