# Sourced by the scripts of this folder: how they run Python, and a training in $workers processes that average their weights.

# On a processor large arrays come and go at every step: kept memory is faster than new pages.
# What oneDNN has prepared for a shape should be there when the shape comes again.
export ONEDNN_PRIMITIVE_CACHE_CAPACITY=8000 LRU_CACHE_CAPACITY=8000
export MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=8589934592 MALLOC_TOP_PAD_=268435456

# Replaces the shell that it is called in, so that stopping that one stops it.
python_module() { exec "${PYTHON:-python3}" -W ignore -u -m "$@"; }

pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
# by_workers COMMAND [ARGUMENT…]: runs it with the number of each worker after its arguments, and returns when all are done. Several have a
# thread each.
by_workers() {
  local number pid
  for number in $(seq 0 $((workers - 1))); do
    ([ "$workers" = 1 ] || export OMP_NUM_THREADS=1; "$@" "$number") &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid"; done
  pids=()
}
