#!/usr/bin/env bash
# Twice the peak load for a minute: what is still answered, and how the rest is refused.
set -euo pipefail
exec "$(dirname "$0")/../peers/run.sh" --sections overload "$@"
