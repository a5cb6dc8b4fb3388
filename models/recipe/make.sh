#!/usr/bin/env bash
# From a data folder to a pack: make.sh DATA TEACHERS WORK START PACK
# Goes on where it was stopped: a stage that has left its checkpoint is continued, or passed over if it was finished.
# That holds for one configuration: WORK remembers it, and another is refused.
# WORKERS=N trains every stage with N single-threaded processes that average their weights.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
data=$(realpath "$1") teachers=$(realpath "$2") work=$(realpath -m "$3") start=$(realpath "$4") pack=$(realpath -m "$5")
config=$(realpath "${CONFIG:-$here/mini.toml}")
tokenizer=$(realpath "${TOKENIZER:-$here/../sensorium-mini/clip/tokenizer.json}")
workers="${WORKERS:-1}"
cd "$here"

mkdir -p "$work"
[ -e "$work/config.toml" ] || cp "$config" "$work/config.toml"
cmp -s "$config" "$work/config.toml" ||
  { echo "make.sh: what is in $work was made with another configuration ($work/config.toml): begin with an empty folder" >&2; exit 2; }

. "$here/workers.sh"
recipe() { python_module sensorium_recipe "$@"; }
worker() {
  recipe train --config "$config" --data "$data" --work "$work" --tokenizer "$tokenizer" --stage "$1" --start "$2" \
    --branch "$3" --worker "$4" --workers "$workers"
}
# stage NAME START [BRANCH]
stage() { by_workers worker "$1" "$2" "${3:-}"; }

# average OUT PARTS WEIGHTS CHECKPOINT… (no PARTS: all of them)
average() {
  local out=$1 parts=$2 weights=$3
  shift 3
  [ -s "$work/$out.pt" ] ||
    (recipe average --checkpoints "$(IFS=,; echo "$*")" --parts "$parts" --weights "$weights" --out "$work/$out.pt")
}
decoder=decoder.,text.embedding,modality
told=decoder.,text.,modality,picture.projection,sound.

with_model() { recipe "$1" --config "$config" --data "$data" --work "$work" --tokenizer "$tokenizer" --checkpoint "$work/$2.pt"; }
# once STEP CHECKPOINT: `bank` and `distil`, whose arrays and captions take the place of those of a checkpoint before it
once() {
  [ -e "$work/$1-$2.done" ] || { (with_model "$1" "$2"); touch "$work/$1-$2.done"; }
}
# gets_used_to CHECKPOINT BRANCH: clips and all the rest, to the picture encoder as it is now
gets_used_to() {
  once bank "$1"
  once distil "$1"
  stage rewatch "$work/$1.pt" "$2"
  stage settle "$work/rewatch-$2.pt" "$2"
}

[ -s "$work/sounds.json" ] ||
  (recipe prepare --config "$config" --data "$data" --work "$work" --teachers "$teachers")
stage see "$start"
stage tell "$work/see.pt"
once bank tell
stage read "$work/tell.pt"
stage hear "$work/read.pt"
stage watch "$work/hear.pt"
stage join "$work/watch.pt"
# What is new costs some of what was known; part of the way back to the decoder that knew only pictures keeps both.
average joined $decoder 0.6,0.4 "$work/join.pt" "$work/tell.pt"
stage speak "$work/joined.pt"
stage listen "$work/speak.pt"
stage spell "$work/listen.pt"
average spelled $decoder 0.8,0.2 "$work/spell.pt" "$work/listen.pt"
stage quote "$work/spelled.pt"
# Two that learned the same from one start, in different order: with beams their mean tells better than either.
stage polish "$work/quote.pt" one
stage polish "$work/quote.pt" two
average polished "" 0.5,0.5 "$work/polish-one.pt" "$work/polish-two.pt"
stage listen "$work/polished.pt" again
average listened sound. 0.5,0.5 "$work/listen-again.pt" "$work/polished.pt"
stage retell "$work/listened.pt" one
stage retell "$work/retell-one.pt" two
average retold "" 0.5,0.5 "$work/retell-one.pt" "$work/retell-two.pt"
# Twice the picture encoder learns from captions, then everything gets used to it. With beams the means tell better than either,
# as `settle` has learned what beams find, and leaves them little to choose from; greedily a little worse than `settle`.
stage look "$work/retold.pt" one
gets_used_to look-one one
average settled $told 0.5,0.5 "$work/settle-one.pt" "$work/look-one.pt"
stage look "$work/settled.pt" two
average looked "" 0.5,0.5 "$work/look-two.pt" "$work/settled.pt"
gets_used_to looked two
average finished $told 0.5,0.5 "$work/settle-two.pt" "$work/looked.pt"
(with_model evaluate finished)
(recipe export --config "$config" --checkpoint "$work/finished.pt" --tokenizer "$tokenizer" --out "$pack")
