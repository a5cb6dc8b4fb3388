#!/usr/bin/env bash
# From a data folder and a pack to a model that draws: draw.sh DATA PACK WORK OUT
# Goes on where it was stopped. WORKERS=N trains with N single-threaded processes that average their weights.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
data=$(realpath "$1") pack=$(realpath "$2") work=$(realpath -m "$3") out=$(realpath -m "$4")
config=$(realpath "${CONFIG:-$here/draw.toml}")
workers="${WORKERS:-1}"
cd "$here"

# As in make.sh: kept memory is faster than new pages, and what oneDNN has prepared for a shape should be there when it comes again.
export ONEDNN_PRIMITIVE_CACHE_CAPACITY=8000 LRU_CACHE_CAPACITY=8000
export MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=8589934592 MALLOC_TOP_PAD_=268435456

# Replaces the shell that it is called in, so that stopping that one stops it.
drawing() { exec "${PYTHON:-python3}" -W ignore -u -m sensorium_recipe.drawing "$@"; }
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
# fit PART
fit() {
  local number pid
  for number in $(seq 0 $((workers - 1))); do
    ([ "$workers" = 1 ] || export OMP_NUM_THREADS=1
      drawing fit --config "$config" --work "$work" --part "$1" --worker "$number" --workers "$workers") &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid"; done
  pids=()
}

[ -s "$work/held_out.json" ] || (drawing prepare --data "$data" --work "$work")
fit autoencoder
[ -s "$work/words.json" ] || (drawing encode --config "$config" --work "$work" --pack "$pack")
fit denoiser
(drawing export --config "$config" --work "$work" --pack "$pack" --out "$out")
