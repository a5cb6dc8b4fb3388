#!/usr/bin/env bash
# Users who talk about the last pictures that they sent: what it costs to read them again at every turn, and what the cache saves.
set -euo pipefail
exec "$(dirname "$0")/../peers/run.sh" --sections conversation "$@"
