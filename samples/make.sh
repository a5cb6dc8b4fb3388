#!/usr/bin/env bash
# Makes the sample media in FOLDER: make.sh FOLDER. Nothing is made twice. What they are and where the one photograph
# among them comes from: samples/README.md.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$ROOT/scripts/common.sh"
folder="${1:?usage: make.sh FOLDER}"
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
cd "$folder"

package=lomiri-wallpapers-16.04
photo=usr/share/backgrounds/seeding_by_Clements_Engelhardt.jpg

# encode OUTPUT FFMPEG-ARGUMENTS...: written under another name first, so that a broken-off run leaves no half a file.
encode() {
  local output="$1"
  shift
  [ -s "$output" ] && return 0
  ffmpeg -nostdin -v error -y "$@" -fflags +bitexact -flags:v +bitexact -flags:a +bitexact "part-$output"
  mv "part-$output" "$output"
}

fetch_photo() {
  [ -s original.jpg ] && return 0
  local scratch
  scratch=$(mktemp -d)
  chmod 755 "$scratch"
  if [ ! -s "/$photo" ]; then
    apt-cache show "$package" >/dev/null 2>&1 || update_package_lists
    (cd "$scratch" && apt-get download -qq "$package" >/dev/null 2>&1) || die "could not download the Debian package $package"
    dpkg-deb --fsys-tarfile "$scratch"/*.deb | tar -x -C "$scratch" "./$photo"
    cp "$scratch/$photo" part-original.jpg
  else
    cp "/$photo" part-original.jpg
  fi
  mv part-original.jpg original.jpg
  rm -rf "$scratch"
}

need_packages ffmpeg=ffmpeg
fetch_photo

# The photograph at the size of a screen.
encode dandelion.jpg -i original.jpg -vf scale=1280:-2 -q:v 3

# Two clicks a second: short bursts of noise that die away within a few milliseconds.
ticks='0.5*exp(-mod(t,1)*200)*(random(0)*2-1)+0.3*exp(-mod(t+0.5,1)*250)*(random(1)*2-1)'
encode clock.wav -f lavfi -i "aevalsrc='$ticks':s=16000:d=5"

# Rain is close to white noise without its lowest part.
rain='anoisesrc=color=white:amplitude=0.2:seed=1'
encode rain.mp3 -f lavfi -i "$rain:r=16000:d=5,highpass=f=400" -b:a 48k

# Above the 8 MiB that travel inside a request: has to be uploaded.
encode long-rain.wav -f lavfi -i "$rain:r=48000:d=100,highpass=f=400" -c:a pcm_s16le

# A window that moves over the photograph from left to right, rain, and a line to read.
printf '1\n00:00:00,500 --> 00:00:04,500\nIt rains on the meadow.\n' >subtitles.srt
encode meadow.mp4 -loop 1 -framerate 12 -i dandelion.jpg -f lavfi -i "$rain:r=44100:d=5,highpass=f=400" -i subtitles.srt \
  -vf "crop=w=floor(iw*0.31)*2:h=floor(ih*0.31)*2:x='(iw-ow)*t/5':y='(ih-oh)/2',scale=480:-2" -t 5 \
  -map 0:v -map 1:a -map 2:s -c:v libx264 -preset veryfast -pix_fmt yuv420p -c:a aac -b:a 64k -c:s mov_text
