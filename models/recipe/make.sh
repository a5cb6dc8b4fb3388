#!/usr/bin/env bash
# From a data folder to a pack: make.sh DATA TEACHERS WORK START PACK
# Goes on where it was stopped: a stage that has left its checkpoint is continued, or passed over if it was finished.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
data=$(realpath "$1") teachers=$(realpath "$2") work=$(realpath -m "$3") start=$(realpath "$4") pack=$(realpath -m "$5")
config="${CONFIG:-$here/mini.toml}" tokenizer="${TOKENIZER:-$here/../sensorium-mini/clip/tokenizer.json}"
cd "$here"
recipe() { "${PYTHON:-python3}" -W ignore -u -m sensorium_recipe "$@"; }
stage() { recipe train --config "$config" --data "$data" --work "$work" --tokenizer "$tokenizer" --stage "$1" --start "$2"; }

[ -s "$work/sounds.json" ] || recipe prepare --data "$data" --work "$work" --teachers "$teachers"
stage see "$start"
stage hear "$work/see.pt"
[ -s "$work/bank_clips.json" ] ||
  recipe bank --config "$config" --data "$data" --work "$work" --tokenizer "$tokenizer" --checkpoint "$work/hear.pt"
stage watch "$work/hear.pt"
stage join "$work/watch.pt"
recipe evaluate --config "$config" --data "$data" --work "$work" --tokenizer "$tokenizer" --checkpoint "$work/join.pt"
recipe export --config "$config" --checkpoint "$work/join.pt" --tokenizer "$tokenizer" --out "$pack"
