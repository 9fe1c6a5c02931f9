#!/bin/bash
# nosetip-track on pictures of many formats and folders of them: picture_files_test.sh PROGRAM CASE.
. "$(dirname "$0")/../support/e2e.sh"

needs() { # TOOL...
  for tool in "$@"; do
    command -v "$tool" >/dev/null || { echo "skipped: there is no $tool program" && exit 77; }
  done
}

track() { run --device cpu --threads 1 --model face68-fast --csv "$@"; }

convert_portrait() { # FILE OPTIONS...
  local file=$1
  shift
  ffmpeg -v error -nostdin -y -i "$portrait" "$@" "$file"
}

# The tip of the nose is within a pixel of its place in the portrait.
expect_noses() { # CSV ROWS
  awk -F, -v rows="$2" '
    NR == 1 { for (i = 1; i <= NF; ++i) column[$i] = i; next }
    { dx = $column["x_30"] - 225.2; dy = $column["y_30"] - 127.5
      if (dx * dx + dy * dy > 1) { print $1 ": " dx ", " dy; bad = 1 } }
    END { if (NR - 1 != rows) print NR - 1 " rows"; exit bad || NR - 1 != rows }' "$1" >off ||
    fail "$1: $(head -9 off)"
}

# EXIF data with this orientation alone.
exif() { # ORIENTATION
  printf 'II*\0\10\0\0\0\1\0\x12\x01\3\0\1\0\0\0'
  printf "\\x0$1"
  printf '\0\0\0\0\0\0\0'
}

# Turned back from what a viewer does by each EXIF orientation.
stored=("" null hflip hflip,vflip vflip transpose=0 transpose=2 transpose=3 transpose=1)

a_webp_is_turned_upright() {
  needs ffmpeg webpmux
  mkdir turned
  for orientation in 1 2 3 4 5 6 7 8; do
    convert_portrait stored.webp -vf "${stored[orientation]}" -quality 95
    exif $orientation >exif
    webpmux -set exif exif stored.webp -o turned/$orientation.webp 2>webpmux.log
  done
  track turned
  expect_code 0
  expect_noses out/turned.csv 8
}

what_phones_write_is_read() {
  needs heif-enc
  mkdir photos
  heif-enc -q 95 "$portrait" -o photos/photo.heic >/dev/null 2>&1 &&
    heif-enc -A -q 95 "$portrait" -o photos/photo.avif >/dev/null 2>&1 ||
    { echo "skipped: heif-enc has no encoders for HEIC and AVIF" && exit 77; }
  cp photos/photo.heic named-otherwise.jpg
  for input in photos/photo.heic photos/photo.avif named-otherwise.jpg; do
    track "$input" --video
    expect_code 0
    expect_noses "out/$(basename "${input%.*}").csv" 1
    expect_stdout '1 picture, 1 with a face'
  done
  track photos --out folder
  expect_code 0
  expect_noses folder/photos.csv 2
  head -c 30000 photos/photo.heic >cut.heic
  track cut.heic
  expect_code 1
  expect_stderr 'cut.heic: the picture is truncated or damaged'
}

a_moving_avif_is_a_video() {
  needs ffmpeg
  ffmpeg -v error -nostdin -loop 1 -i "$portrait" -frames:v 3 -c:v libaom-av1 -cpu-used 8 \
    moving.avif 2>ffmpeg.log || { echo "skipped: $(tail -1 ffmpeg.log)" && exit 77; }
  track moving.avif
  expect_code 0
  expect_noses out/moving.csv 3
}

what_is_not_supported_is_named() {
  needs ffmpeg img2webp
  convert_portrait mirrored.png -vf hflip
  img2webp -d 100 "$portrait" mirrored.png -o moving.webp >/dev/null
  convert_portrait lossless.jpg -c:v ljpeg
  convert_portrait ls.jpg -c:v jpegls -f image2
  convert_portrait subsampled.jp2 -c:v jpeg2000 -pix_fmt yuv420p
  track moving.webp lossless.jpg ls.jpg subsampled.jp2 "$portrait"
  expect_code 1
  expect_stderr 'moving.webp: animated WebP is not supported; convert it'
  expect_stderr 'lossless.jpg: lossless JPEG is not supported; convert it'
  expect_stderr 'ls.jpg: JPEG-LS is not supported; convert it'
  expect_stderr 'subsampled.jp2: JPEG 2000 with subsampled colors is not supported; convert it'
  [ "$(grep -cE "error|OpenCV" stderr)" -eq 4 ] || fail "more is said"
  expect_stdout '1 picture, 1 with a face'
}

a_folder_counts_what_it_passes_over() {
  mkdir -p photos/deeper
  cp "$portrait" photos/a.png
  touch photos/{a,b}.txt photos/c.docx photos/.hidden
  track photos
  expect_code 0
  expect_stderr 'photos: passed over 3 files (2 .txt, 1 .docx) and 1 subfolder'
  track photos --quiet
  [ ! -s stderr ] || fail "--quiet says something"
}

a_broken_link_is_named_and_the_others_go_on() {
  mkdir photos
  cp "$portrait" photos/a.png
  ln -s loop.jpg photos/loop.jpg
  ln -s ../photos photos/again
  track photos --resume
  expect_code 1
  expect_stderr 'error: photos/loop.jpg cannot be read: Too many levels of symbolic links'
  expect_noses out/photos.csv 1
}

a_closed_folder_is_named_and_the_others_go_on() {
  mkdir photos closed
  mkdir -m 777 out
  cp "$portrait" photos/a.png
  chmod 755 "$work"
  chmod 0 closed
  local as=()
  if [ "$(id -u)" -eq 0 ]; then # who may read every folder
    as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    command -v setpriv >/dev/null && "${as[@]}" test -x "$program" ||
      { echo "skipped: no other user can run the program" && exit 77; }
  fi
  "${as[@]}" "$program" closed photos --device cpu --threads 1 --model face68-fast --csv \
    >stdout 2>stderr </dev/null
  code=$?
  expect_code 1
  expect_stderr 'error: closed: the folder cannot be read: Permission denied; check its permissions'
  expect_noses out/a.csv 1
}

: >stdout
: >stderr
"$2"
