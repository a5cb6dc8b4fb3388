#!/usr/bin/env bash
# Writes the tiny models and what @huggingface/transformers answers about them, where the tests look for them.
# usage: tests/tiny-models/make.sh [OUT]
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$ROOT"
. scripts/common.sh
need test
need_npm models/tests || exit 1
out=${1:-$CACHE/tiny-models}
rm -rf "$out"
"$(python_of test)" tests/tiny-models/make.py "$out"
node tests/tiny-models/reference.mjs "$out"
"$(python_of test)" tests/tiny-models/diffusion.py "$out"
