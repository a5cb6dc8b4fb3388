#!/usr/bin/env bash
# Makes the sample media in FOLDER: make.sh FOLDER. Nothing is made twice. What they are and where the one photograph
# among them comes from: samples/README.md.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$ROOT/scripts/common.sh"
. "$ROOT/scripts/debian.sh"
folder="${1:?usage: make.sh FOLDER}"
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
cd "$folder"

# encode OUTPUT FFMPEG-ARGUMENTS...: written under another name first, so that a broken-off run leaves no half a file.
encode() {
  local output="$1"
  shift
  [ -s "$output" ] && return 0
  ffmpeg -nostdin -v error -y "$@" -fflags +bitexact -flags:v +bitexact -flags:a +bitexact "part-$output"
  mv "part-$output" "$output"
}

need run
fetch original.jpg lomiri-wallpapers-16.04 usr/share/backgrounds/seeding_by_Clements_Engelhardt.jpg
fetch camera.png python3-skimage usr/lib/python3/dist-packages/skimage/data/camera.png

# The photograph at the size of a screen.
encode dandelion.jpg -i original.jpg -vf scale=1280:-2 -q:v 3

# Two ticks a second: two high tones and a little noise that die away within a few hundredths of a second.
ticks='0.32*exp(-mod(t,0.5)*150)*(sin(2*PI*2500*t)+sin(2*PI*4100*t)+random(0)-0.5)'
encode clock.wav -f lavfi -i "aevalsrc='$ticks':s=16000:d=5"

# Rain is close to white noise without its lowest part.
rain='anoisesrc=color=white:amplitude=0.2:seed=1'
encode rain.mp3 -f lavfi -i "$rain:r=16000:d=5,highpass=f=400" -b:a 48k

# Above the 8 MiB that travel inside a request: has to be uploaded.
encode long-rain.wav -f lavfi -i "$rain:r=48000:d=100,highpass=f=400" -c:a pcm_s16le

# The camera pans left over a photograph, rain, and a line to read.
printf '1\n00:00:00,500 --> 00:00:04,500\nIt rains on the lawn.\n' >subtitles.srt
encode camera.mp4 -loop 1 -framerate 12 -i camera.png -f lavfi -i "$rain:r=44100:d=5,highpass=f=400" -i subtitles.srt \
  -vf "zoompan=z=1.25:x='(iw-iw/zoom)*(1-on/60)':y='(ih-ih/zoom)/2':d=1:s=360x360:fps=12" -t 5 \
  -map 0:v -map 1:a -map 2:s -c:v libx264 -preset veryfast -pix_fmt yuv420p -c:a aac -b:a 64k -c:s mov_text
