#!/usr/bin/env bash
# Measures Sensorium: ./bench.sh NAME [--json FILE] …, where NAME is a folder of bench/ with a run.sh.
set -euo pipefail
root="$(cd "$(dirname "$0")" && pwd)"
name="${1:-}"
if [[ -z "$name" || ! -x "$root/bench/$name/run.sh" ]]; then
  echo "usage: ./bench.sh NAME [--json FILE] …" >&2
  echo "NAME is one of: $(cd "$root/bench" && ls -d */run.sh | sed 's|/run.sh||' | xargs)" >&2
  exit 2
fi
shift
cd "$root"
exec "$root/bench/$name/run.sh" "$@"
