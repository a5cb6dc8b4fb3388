#!/usr/bin/env bash
# Resident memory over 20,000 mixed requests.
set -euo pipefail
exec "$(dirname "$0")/../peers/run.sh" --sections memory "$@"
