#!/bin/bash
# The sound of clips that the ffmpeg program makes, in overlays of nosetip-track: sound_test.sh
# PROGRAM CASE.
. "$(dirname "$0")/../support/e2e.sh"
for tool in ffmpeg ffprobe; do
  command -v $tool >/dev/null || { echo "skipped: there is no $tool program" && exit 77; }
done

track() { run --device cpu --threads 1 --model face68-fast --video "$@"; }

# Two seconds of the portrait, and of a tone whose pitch rises, so that no packet is as another.
picture=(-loop 1 -framerate 25 -t 2 -i "$portrait")
tone=(-f lavfi -i "aevalsrc=0.5*sin(600*t*t):d=2:s=48000")
small=(-vf "crop=400:300:x='2*n':y=0,format=yuv420p")
make() { ffmpeg -v error -nostdin -y "$@" 2>ffmpeg.log; } # OPTIONS... FILE

first_picture() { # FILE: its time
  ffprobe -v error -select_streams v:0 -show_entries frame=pts_time -of csv=p=0 "$1" |
    tr -d , | grep . | sort -g | head -1
}

# The sound's packets in order, with the first picture at 0: stream, seconds, checksum. Where there
# is more before the first picture than an encoder begins with, those from there on.
sound_of() { # FILE
  ffprobe -v error -select_streams a -show_packets -show_data_hash CRC32 "$1" |
    awk -F= -v zero="$(first_picture "$1")" '
      $1 == "stream_index" { stream = $2 } $1 == "pts_time" { time_s = $2 - zero }
      $1 == "duration_time" { length_s = $2 }
      $1 == "data_hash" {
        if (!(stream in begins)) begins[stream] = time_s
        if (begins[stream] > -0.1 || time_s + length_s > -0.0005) print stream, time_s, $2
      }' | sort -s -k1,1n
}

packets_of_sound() { # FILE
  ffprobe -v error -select_streams a -show_entries packet=pts_time -of csv=p=0 "$1" | grep -c .
}

expect_same_sound() { # INPUT OVERLAY SECONDS: each packet at its time, within so many seconds
  sound_of "$1" >expected
  sound_of "$2" >found
  [ -s expected ] || fail "$1 has no sound"
  paste -d' ' expected found | awk -v most="$3" '
    { late = $5 - $2; if ($3 != $6 || late > most || late < -most) { print; bad = 1 } }
    END { exit bad }' >differences || fail "$2: $(head -3 differences)"
}

# Seconds from the first picture to the end.
length_of() { # FILE
  ffprobe -v error -show_entries format=start_time,duration -of csv=p=0 "$1" |
    awk -F, -v zero="$(first_picture "$1")" '{ print $1 + $2 - zero }'
}

expect_same_length() { # FILE FILE: within a frame
  awk -v a="$(length_of "$1")" -v b="$(length_of "$2")" \
    'BEGIN { exit !(a - b < 0.0401 && b - a < 0.0401) }' ||
    fail "$1 takes $(length_of "$1") s, $2 $(length_of "$2") s"
}

# When the last picture and the last packet of sound begin.
ends_of() { # FILE
  for kind in v a; do
    ffprobe -v error -select_streams $kind -show_entries packet=pts_time -of csv=p=0 "$1" |
      tr -d , | grep . | sort -g | tail -1
  done
}

expect_sound_ends_with_the_pictures() { # FILE SECONDS: within so many
  ends_of "$1" | xargs | awk -v most="$2" '{ exit !(NF == 2 && $2 - $1 < most && $1 - $2 < most) }' ||
    fail "the last picture and packet of sound are at $(ends_of "$1" | xargs)"
}

every_packet_is_kept_at_its_time() {
  make "${picture[@]}" "${tone[@]}" "${small[@]}" -c:v libx264 -bf 3 -c:a aac phone.mp4 || exit 77
  make "${picture[@]}" -itsoffset 0.5 "${tone[@]}" "${small[@]}" -t 2 -c:v libx264 -c:a aac late.mp4
  make "${picture[@]}" "${tone[@]}" "${small[@]},select='lt(n,20)+not(mod(n,7))'" -vsync vfr \
    -c:v libx264 -c:a aac varying.mov
  make "${picture[@]}" "${tone[@]}" "${small[@]}" -c:v libx264 -c:a flac lossless.mkv
  make -ss 0.55 -i phone.mp4 -c copy trimmed.mp4
  make "${picture[@]}" "${tone[@]}" "${small[@]}" -map 0 -map 1 -map 1 -c:v libx264 -c:a:0 aac \
    -c:a:1 ac3 -metadata:s:a:1 language=fra two.mp4
  make "${picture[@]}" -itsoffset 0.5 "${tone[@]}" "${small[@]}" -t 2 -c:v mpeg2video -q:v 2 \
    -c:a ac3 camcorder.m2ts
  make "${picture[@]}" "${tone[@]}" "${small[@]}" -c:v mpeg4 -q:v 2 -c:a libmp3lame old.avi
  make "${picture[@]}" "${tone[@]}" "${small[@]}" -c:v libx264 -c:a libopus web.mkv ||
    rm -f web.mkv
  for clip in phone.mp4 late.mp4 varying.mov lossless.mkv trimmed.mp4 two.mp4 camcorder.m2ts \
    old.avi web.mkv; do
    [ -s "$clip" ] || { echo "left out: $clip" && continue; }
    track "$clip" --out "out_$clip"
    expect_code 0
    # Matroska has milliseconds.
    expect_same_sound "$clip" "out_$clip/${clip%.*}.mp4" 0.0011
    expect_same_length "$clip" "out_$clip/${clip%.*}.mp4"
  done
  ffprobe -v error -show_entries stream_tags=language out_two.mp4/two.mp4 | grep -q fra ||
    fail "the language is lost"
}

# In MPEG-TS each packet has a header, which MP4 has once.
sound_of_a_transport_stream_is_kept() {
  make "${picture[@]}" "${tone[@]}" "${small[@]}" -c:v libx264 -bf 2 -c:a aac clip.ts || exit 77
  track clip.ts
  expect_code 0
  make -i clip.ts -c copy same.mkv
  expect_same_sound same.mkv out/clip.mp4 0.0011
}

sound_before_the_first_picture_is_cut() {
  make -itsoffset 0.7 "${picture[@]}" "${tone[@]}" "${small[@]}" -map 0 -map 1 -c:v libx264 \
    -c:a aac early.mkv || exit 77
  track early.mkv
  expect_code 0
  expect_same_sound early.mkv out/early.mp4 0.0011
  [ "$(packets_of_sound early.mkv)" -gt $(($(packets_of_sound out/early.mp4) + 30)) ] || fail "nothing is cut"
}

sound_that_mp4_cannot_hold_is_named() {
  make "${picture[@]}" "${tone[@]}" "${small[@]}" -c:v mpeg4 -q:v 2 -c:a pcm_s16le old.avi || exit 77
  make "${picture[@]}" "${tone[@]}" "${small[@]}" -c:v libvpx -deadline realtime -b:v 2M \
    -c:a libvorbis web.webm || rm -f web.webm
  local name codec
  while read -r name codec; do
    [ -s "$name" ] || { echo "left out: $name" && continue; }
    track "$name"
    expect_code 0
    expect_stdout "without its sound in $codec, which MP4 cannot hold"
    [ -z "$(sound_of "out/${name%.*}.mp4")" ] || fail "there is sound in it"
  done <<<"old.avi pcm_s16le
web.webm vorbis"
}

a_clip_without_sound_has_none() {
  make "${picture[@]}" "${small[@]}" -c:v libx264 silent.mp4 || exit 77
  track silent.mp4
  expect_code 0
  [ -z "$(grep sound stdout stderr)" ] || fail "sound is mentioned"
  [ "$(ffprobe -v error -show_entries stream=codec_type -of csv=p=0 out/silent.mp4)" = video ] ||
    fail "there is more than a video in it"
}

sound_ends_where_the_run_does() {
  make -loop 1 -framerate 25 -t 40 -i "$portrait" -f lavfi \
    -i "aevalsrc=0.5*sin(600*t*t):d=40:s=48000" "${small[@]}" -c:v libx264 -preset veryfast \
    -c:a aac clip.mp4 || exit 77
  track clip.mp4 --max-frames 20
  expect_code 0
  expect_sound_ends_with_the_pictures out/clip.mp4 0.05
  sound_of clip.mp4 | head -30 >expected
  sound_of out/clip.mp4 | head -30 >found
  cmp -s expected found || fail "the sound so far differs"
  rm -r out
  # A background job of a script ignores SIGINT, so the signal is sent by a second shell.
  (while ! [ -s out/clip.mp4.part ]; do sleep 0.1; done; kill -INT "$(cat pid)") &
  sh -c 'echo $$ >pid; exec "$@"' sh "$program" --device cpu --threads 1 --model face68-fast \
    --video clip.mp4 >stdout 2>stderr </dev/null
  code=$?
  expect_code 130
  expect_sound_ends_with_the_pictures out/clip.mp4 0.05
  rm -r out
  "$program" --device cpu --threads 1 --model face68-fast --video clip.mp4 >stdout 2>stderr &
  while [ "$(stat -c %s out/clip.mp4.part 2>stat.log || echo 0)" -lt 100000 ]; do sleep 0.1; done
  kill -KILL $!
  wait $! 2>/dev/null
  # A fragment of 0.3 s may hold less of one than of the other.
  expect_sound_ends_with_the_pictures out/clip.mp4.part 0.4
}

damaged_sound_stops_nothing() {
  make "${picture[@]}" "${tone[@]}" "${small[@]}" -c:v libx264 -c:a aac clip.mp4 || exit 77
  make -i clip.mp4 -c copy clip.ts
  # Every third packet of sound becomes zeros.
  for clip in clip.mp4 clip.ts; do
    ffprobe -v error -select_streams a -show_entries packet=pos,size -of csv=p=0 $clip |
      awk -F, '$2 ~ /^[0-9]+$/ && ++n % 3 == 2 { print $2, $1 }' >places
    while read -r pos size; do
      # Of a stream, the part of it that is in one packet of 188 bytes, without that one's header.
      [ $clip = clip.mp4 ] || { pos=$((pos + 18)); size=170; }
      dd if=/dev/zero of=$clip bs=1 seek="$pos" count="$size" conv=notrunc 2>dd.log
    done <places
    track $clip --csv --out out_$clip
    expect_code 0
    [ "$(wc -l <out_$clip/clip.csv)" -eq 51 ] || fail "$(wc -l <out_$clip/clip.csv) lines"
    [ "$(sound_of out_$clip/clip.mp4 | wc -l)" -ge 50 ] || fail "sound of $clip is missing"
  done
}

expect_pictures() { # OVERLAY COUNT
  local count
  count=$(ffprobe -v error -select_streams v -count_packets -show_entries stream=nb_read_packets \
    -of csv=p=0 "$1")
  [ "$count" = "$2" ] || fail "$1 has $count pictures"
}

# The muxer would write a header that no player reads.
sound_that_is_not_what_it_is_called_is_left_out() {
  make "${picture[@]}" "${tone[@]}" "${small[@]}" -c:v libx264 -c:a flac flac.mkv || exit 77
  make "${picture[@]}" "${tone[@]}" "${small[@]}" -c:v libx264 -c:a libopus opus.mkv
  make "${picture[@]}" "${tone[@]}" "${small[@]}" -map 0 -map 1 -map 1 -c:v libx264 -c:a:0 aac \
    -c:a:1 flac two.mkv
  # NUT calls it AC-3.
  make "${picture[@]}" "${tone[@]}" "${small[@]}" -c:v libx264 -c:a eac3 ac3.nut
  for clip in flac.mkv opus.mkv two.mkv; do
    # The name of the last CodecPrivate in the header becomes one that does not exist.
    at=$(head -c 2000 $clip | LC_ALL=C grep -obUaP '\x63\xa2' | LC_ALL=C cut -d: -f1 | tail -1)
    printf '\x63\xa3' | dd of=$clip bs=1 seek="$at" conv=notrunc 2>dd.log
  done
  for clip in flac.mkv opus.mkv two.mkv ac3.nut; do
    codec=${clip%.*}
    track $clip
    expect_code 0
    expect_stdout "without its sound in ${codec/two/flac}, which is damaged"
    expect_pictures "out/$codec.mp4" 50
  done
  [ "$(ffprobe -v error -select_streams a -show_entries stream=codec_name -of csv=p=0 out/two.mp4)" = \
    aac ] || fail "the other sound is missing"
}

sound_that_begins_late_is_named() {
  make -loop 1 -framerate 25 -t 50 -i "$portrait" -f lavfi -i "aevalsrc=0.5*sin(600*t*t):d=50:s=48000" \
    -itsoffset 48 "${tone[@]}" "${small[@]}" -map 0 -map 1 -map 2 -c:v libx264 -preset veryfast \
    -c:a:0 aac -c:a:1 ac3 clip.mp4 || exit 77
  track clip.mp4 --max-frames 10
  expect_code 0
  expect_stdout "(without its sound in ac3, which begins too late in the file)"
  expect_sound_ends_with_the_pictures out/clip.mp4 0.05
}

sound_ends_where_an_error_does() {
  make "${picture[@]}" "${tone[@]}" -vf "crop=400:300:x=0:y=0,scale=800:600,format=yuv420p" \
    -c:v libx264 -bf 0 -c:a aac large.ts || exit 77
  make "${picture[@]}" "${tone[@]}" "${small[@]}" -c:v libx264 -bf 0 -c:a aac small.ts
  cat large.ts small.ts >clip.ts
  track clip.ts --roi 450,0,350,600
  expect_code 1
  expect_stderr "clip.ts"
  expect_pictures out/clip.mp4 50
  expect_sound_ends_with_the_pictures out/clip.mp4 0.05
}

a_damaged_time_moves_no_other() {
  make "${picture[@]}" "${tone[@]}" "${small[@]}" -c:v libx264 -c:a aac clip.mkv || exit 77
  make -i clip.mkv -c copy clip.ts
  ffprobe -v error -select_streams a -show_entries packet=pos -of csv=p=0 clip.mkv | tr -d , >places
  for packet in 1 30; do
    cp clip.mkv wrong.mkv
    # The time follows the number of the track: 28 s.
    printf '\x6f\xff' |
      dd of=wrong.mkv bs=1 seek=$(($(sed -n ${packet}p places) + 1)) conv=notrunc 2>dd.log
    track wrong.mkv --out out_$packet
    expect_code 0
    expect_same_sound clip.mkv out_$packet/wrong.mp4 0.003
  done
  # In MPEG-TS one time is that of many packets: 11930 s.
  make -i clip.ts -c copy same.mkv
  at=$(LC_ALL=C grep -obUaP '\x00\x00\x01\xc0' clip.ts | LC_ALL=C cut -d: -f1 | sed -n 3p)
  printf '\x23' | dd of=clip.ts bs=1 seek=$((at + 9)) conv=notrunc 2>dd.log
  track clip.ts
  expect_code 0
  expect_same_sound same.mkv out/clip.mp4 0.003
}

: >stdout
: >stderr
"$2"
