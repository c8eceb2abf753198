#!/usr/bin/env bash
# Rebuilds the three sample shots from nothing: stills by Cycles, moving parts over them, grade, encode.
# Needs Debian's blender (3.4), python3-numpy and ffmpeg. usage: build.sh [WORK] [street|interior|costume ...]
# SCALE, SAMPLES and SEEDS make drafts: SCALE=50 SAMPLES=8 SEEDS=2 build.sh /tmp/draft
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mkdir -p "${1:-/tmp/answerprint-samples}" && cd "${1:-/tmp/answerprint-samples}" && pwd)
[ $# -gt 0 ] && shift
shots=("$@"); [ ${#shots[@]} -gt 0 ] || shots=(street interior costume)
scale=${SCALE:-100} samples=${SAMPLES:-20} seeds=${SEEDS:-2}
width=$((1280 * scale / 100)) height=$((720 * scale / 100))
out=${OUT:-$here/..}

blend() { PYTHONDONTWRITEBYTECODE=1 nice -n "${NICE:-19}" blender -b --factory-startup -P "$here/$1" -- "${@:2}" >>"$work/log.txt" 2>&1; }

still() {  # one folder a seed; finished ones are kept, so an interrupted build goes on
  for seed in $(seq "$seeds"); do
    [ -e "$work/$1/still$seed/done" ] && continue
    blend "$1.py" out="$work/$1/still$seed" width="$width" height="$height" samples="$samples" seed="$seed" job=still
    touch "$work/$1/still$seed/done"
  done
}

moving() {
  [ -e "$work/$1/layer/done" ] && return
  local last=71 samples=${LAYER:-32}
  [ "$1" = street ] || last=0  # the sheer and the tape are rendered once and carried by their own meshes
  blend "$1.py" out="$work/$1/layer" width="$width" height="$height" samples="$samples" seed=7 job=layer first=0 last=$last
  touch "$work/$1/layer/done"
}

# Ambience from ffmpeg's own noise sources, seeded: wind in the street, the tone of a room.
ambience() {
  case $1 in
    street) echo "anoisesrc=d=3:c=brown:r=48000:a=0.5:s=19260,highpass=f=60,lowpass=f=520,tremolo=f=0.34:d=0.55,volume=-5dB[w];anoisesrc=d=3:c=pink:r=48000:a=0.4:s=19261,bandpass=f=2600:w=2400,tremolo=f=0.67:d=0.7,volume=-24dB[l];[w][l]amix=2:normalize=0" ;;
    interior) echo "anoisesrc=d=3:c=brown:r=48000:a=0.5:s=19270,highpass=f=40,lowpass=f=240,volume=-6dB[r];anoisesrc=d=3:c=pink:r=48000:a=0.3:s=19271,bandpass=f=700:w=500,tremolo=f=0.34:d=0.5,volume=-26dB[d];[r][d]amix=2:normalize=0" ;;
    costume) echo "anoisesrc=d=3:c=brown:r=48000:a=0.5:s=19280,highpass=f=45,lowpass=f=300,volume=-8dB[r];sine=f=100:r=48000:d=3,volume=-44dB[h];[r][h]amix=2:normalize=0" ;;
  esac
}

encode() {  # two passes to a known size; one thread, so that the same frames give the same file
  local rate=${RATE:-2300k} pass
  for pass in 1 2; do
    ffmpeg -nostdin -v error -y -framerate 24 -start_number 0 -i "$work/$1/frames/%04d.png" -filter_complex \
      "[0:v]scale=1280:720:flags=lanczos:in_range=pc:out_range=tv:out_color_matrix=bt709,format=yuv420p[v];$(ambience "$1"),afade=t=in:d=0.08,afade=t=out:st=2.92:d=0.08,aformat=channel_layouts=stereo,atrim=0:3[a]" \
      -map '[v]' -map '[a]' -c:v libx264 -preset veryslow -tune film -profile:v high -b:v "$rate" -threads 1 -g 24 -pass $pass -passlogfile "$work/$1/pass" \
      -color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv -c:a aac -b:a 64k -fflags +bitexact -flags:v +bitexact -flags:a +bitexact \
      -map_metadata -1 -movflags +faststart -f mp4 "$([ $pass = 1 ] && echo /dev/null || echo "$out/$1.mp4")"
  done
}

for shot in "${shots[@]}"; do
  still "$shot"
  moving "$shot"
  rm -rf "$work/$shot/frames"
  blend finish.py shot="$shot" work="$work/$shot" frames="$work/$shot/frames"
  encode "$shot"
  echo "$shot.mp4 $(sha256sum < "$out/$shot.mp4" | cut -d' ' -f1) $(stat -c %s "$out/$shot.mp4") bytes"
done
blend street.py job=geometry out="$out/street.geometry.json"
