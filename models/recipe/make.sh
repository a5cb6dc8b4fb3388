#!/usr/bin/env bash
# From a data folder to a pack: make.sh DATA TEACHERS WORK START PACK
# Goes on where it was stopped: a stage that has left its checkpoint is continued, or passed over if it was finished.
# WORKERS=N trains every stage with N single-threaded processes that average their weights.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
data=$(realpath "$1") teachers=$(realpath "$2") work=$(realpath -m "$3") start=$(realpath "$4") pack=$(realpath -m "$5")
config=$(realpath "${CONFIG:-$here/mini.toml}")
tokenizer=$(realpath "${TOKENIZER:-$here/../sensorium-mini/clip/tokenizer.json}")
workers="${WORKERS:-1}"
cd "$here"

# On a processor large arrays come and go at every step: kept memory is faster than new pages.
# What oneDNN has prepared for a shape should be there when the shape comes again.
export ONEDNN_PRIMITIVE_CACHE_CAPACITY=8000 LRU_CACHE_CAPACITY=8000
export MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=8589934592 MALLOC_TOP_PAD_=268435456

# Replaces the shell that it is called in, so that stopping that one stops it.
recipe() { exec "${PYTHON:-python3}" -W ignore -u -m sensorium_recipe "$@"; }
worker() {
  recipe train --config "$config" --data "$data" --work "$work" --tokenizer "$tokenizer" --stage "$1" --start "$2" \
    --worker "$3" --workers "$workers"
}
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
stage() {
  if [ "$workers" = 1 ]; then (worker "$1" "$2" 0); return; fi
  local number pid
  for number in $(seq 0 $((workers - 1))); do
    (export OMP_NUM_THREADS=1; worker "$1" "$2" "$number") &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid"; done
  pids=()
}

[ -s "$work/sounds.json" ] ||
  (recipe prepare --config "$config" --data "$data" --work "$work" --teachers "$teachers")
stage see "$start"
stage tell "$work/see.pt"
[ -s "$work/bank_clips.json" ] ||
  (recipe bank --config "$config" --data "$data" --work "$work" --tokenizer "$tokenizer" --checkpoint "$work/tell.pt")
stage read "$work/tell.pt"
stage hear "$work/read.pt"
stage watch "$work/hear.pt"
stage join "$work/watch.pt"
# What is new costs some of what was known; part of the way back to the decoder that knew only pictures keeps both.
[ -s "$work/joined.pt" ] ||
  (recipe average --checkpoints "$work/join.pt,$work/tell.pt" --weights 0.6,0.4 --parts decoder.,text.embedding,modality \
    --out "$work/joined.pt")
stage speak "$work/joined.pt"
stage listen "$work/speak.pt"
(recipe evaluate --config "$config" --data "$data" --work "$work" --tokenizer "$tokenizer" --checkpoint "$work/listen.pt")
(recipe export --config "$config" --checkpoint "$work/listen.pt" --tokenizer "$tokenizer" --out "$pack")
