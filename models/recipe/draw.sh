#!/usr/bin/env bash
# From a data folder and a pack to a model that draws: draw.sh DATA PACK WORK OUT
# Goes on where it was stopped. WORKERS=N trains with N single-threaded processes that average their weights.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
data=$(realpath "$1") pack=$(realpath "$2") work=$(realpath -m "$3") out=$(realpath -m "$4")
config=$(realpath "${CONFIG:-$here/draw.toml}")
workers="${WORKERS:-1}"
cd "$here"

. "$here/workers.sh"
drawing() { python_module sensorium_recipe.drawing "$@"; }
# fit PART NUMBER
fit() { drawing fit --config "$config" --work "$work" --part "$1" --worker "$2" --workers "$workers"; }

[ -s "$work/held_out.json" ] || (drawing prepare --data "$data" --work "$work")
by_workers fit autoencoder
[ -s "$work/words.json" ] || (drawing encode --config "$config" --work "$work" --pack "$pack")
by_workers fit denoiser
(drawing export --config "$config" --work "$work" --pack "$pack" --out "$out")
