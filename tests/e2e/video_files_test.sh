#!/bin/bash
# nosetip-track on clips that the ffmpeg program makes: video_files_test.sh PROGRAM CASE.
. "$(dirname "$0")/../support/e2e.sh"
for tool in ffmpeg ffprobe; do
  command -v $tool >/dev/null || { echo "skipped: there is no $tool program" && exit 77; }
done

track() { run --device cpu --threads 1 --model face68-fast --csv "$@"; }

# Frames of 400x300 pixels of the portrait, in which the tip of the nose is at (225.2, 127.5).
make() { # FILE FILTERS OPTIONS...
  local file=$1 filters=$2
  shift 2
  ffmpeg -v error -nostdin -y -loop 1 -framerate 25 -i "$portrait" -vf "$filters" "$@" "$file" \
    2>ffmpeg.log
}
drift="crop=400:300:x='2*n':y=0" # the face goes 2 pixels to the left from frame to frame

expect_noses() { # CSV ROWS STEP: of frame n within a pixel of (225.2 - STEP n, 127.5)
  awk -F, -v rows="$2" -v step="$3" '
    NR == 1 { for (i = 1; i <= NF; ++i) column[$i] = i; next }
    { dx = $column["x_30"] - (225.2 - step * $column["frame"]); dy = $column["y_30"] - 127.5
      if (dx * dx + dy * dy > 1) { print "frame " $column["frame"] ": " dx ", " dy; bad = 1 } }
    END { if (NR - 1 != rows) print NR - 1 " rows"; exit bad || NR - 1 != rows }' "$1" >off ||
    fail "$1: $(head -3 off)"
}
times_of() { # CSV
  awk -F, 'NR == 1 { for (i = 1; i <= NF; ++i) if ($i == "timestamp") at = i; next }
    { print $at }' "$1"
}
expect_last_time() { # CSV SECONDS
  times_of "$1" | awk -v s="$2" '{ last = $1 } END { exit !(last > s - 0.002 && last < s + 0.002) }' ||
    fail "the last row of $1 is at $(times_of "$1" | tail -1)"
}

# clips/CODEC_KIND.EXTENSION of 13 frames; those whose encoder this ffmpeg lacks are left out.
make_every_kind() {
  local name filters options
  mkdir clips
  while read -r name filters options; do
    # shellcheck disable=SC2086  # several options
    make "clips/$name" "$drift${filters#-}" -frames:v 13 $options && continue
    echo "left out: $name: $(tail -1 ffmpeg.log)"
    rm -f "clips/$name"
  done <<'KINDS'
h264.mp4 - -c:v libx264 -bf 3 -pix_fmt yuv420p
h264_fragments.mp4 - -c:v libx264 -pix_fmt yuv420p -movflags frag_keyframe+empty_moov
h264_ntsc.mov - -c:v libx264 -pix_fmt yuv420p -r 30000/1001
h264_444.mkv - -c:v libx264 -pix_fmt yuv444p
h264_ts.ts - -c:v libx264 -bf 2 -pix_fmt yuv420p
h264_flash.flv - -c:v libx264 -bf 2 -pix_fmt yuv420p
h264_camcorder.m2ts - -c:v libx264 -pix_fmt yuv420p
h264_raw.h264 - -c:v libx264 -bf 0 -pix_fmt yuv420p
h264_full_range.mp4 ,scale=out_range=full -c:v libx264 -pix_fmt yuv420p -color_range pc
h264_bt709.mp4 ,scale=out_color_matrix=bt709 -c:v libx264 -pix_fmt yuv420p -colorspace bt709
h264_slow.mkv - -c:v libx264 -pix_fmt yuv420p -r 1
h264_fast.mp4 - -c:v libx264 -pix_fmt yuv420p -r 240
hevc.mp4 - -c:v libx265 -x265-params log-level=0 -pix_fmt yuv420p
hevc_10_bits.mkv - -c:v libx265 -x265-params log-level=0 -pix_fmt yuv420p10le
vp8.webm - -c:v libvpx -deadline realtime -b:v 2M
vp9.webm - -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -b:v 2M
av1.mkv - -c:v libaom-av1 -cpu-used 8 -usage realtime -b:v 2M
mpeg4.mp4 - -c:v mpeg4 -bf 2 -q:v 2
mpeg4_avi.avi - -c:v mpeg4 -q:v 2
mpeg4_xvid.avi - -c:v mpeg4 -vtag xvid -bf 1 -q:v 2
mpeg4_phone.3gp - -c:v mpeg4 -q:v 2
mpeg2.mpg - -c:v mpeg2video -bf 2 -q:v 2
mpeg2_dvd.vob - -c:v mpeg2video -q:v 2
mpeg2_ts.ts - -c:v mpeg2video -bf 2 -q:v 2
mpeg1.mpeg - -c:v mpeg1video -q:v 2
mjpeg.avi - -c:v mjpeg -q:v 2
mjpeg_mov.mov - -c:v mjpeg -q:v 2
prores.mov - -c:v prores_ks -profile:v 1
dnxhr.mov - -c:v dnxhd -profile:v dnxhr_lb -pix_fmt yuv422p
wmv.wmv - -c:v wmv2 -q:v 2
sorenson.flv - -c:v flv1 -q:v 2
theora.ogv - -c:v libtheora -q:v 8
ffv1.mkv - -c:v ffv1
ffv1_gray.mkv ,format=gray -c:v ffv1
png_alpha.mov ,format=rgba -c:v png
huffyuv.avi - -c:v huffyuv
gif.gif - -c:v gif
KINDS
  [ "$(ls clips | wc -l)" -ge 25 ] || fail "only $(ls clips | wc -l) kinds"
}

every_kind_has_the_rows_and_times_of_ffprobe() {
  local clip csv
  make_every_kind
  track clips/*
  expect_code 0
  grep -E 'warning|error' stderr && fail "a whole clip is complained of"
  for clip in clips/*; do
    csv=out/$(basename "${clip%.*}").csv
    times_of "$csv" >times
    ffprobe -v error -select_streams v:0 -show_entries frame=best_effort_timestamp_time \
      -of csv=p=0 "$clip" | cut -d, -f1 | grep . >expected
    [ "$(wc -l <times)" -eq "$(wc -l <expected)" ] ||
      fail "$clip: $(wc -l <times) rows where ffprobe counts $(wc -l <expected)"
    # Raw streams may have no times.
    paste -d' ' expected times | awk 'NR == 1 { first = $1 } $1 != "N/A" {
        late = $2 - ($1 - first)
        if (late > 0.002 || late < -0.002) { print "frame " NR - 1 ": " $0; bad = 1 } }
      END { exit bad }' >off || fail "$clip: $(head -3 off)"
    head -2 "$csv" >first.csv
    expect_noses first.csv 1 0
  done
}

a_trimmed_clip_is_whole() {
  make g.mp4 "crop=400:300:x='0.5*n':y=0" -frames:v 200 -c:v libx265 \
    -x265-params keyint=40:log-level=0 -pix_fmt yuv420p || exit 77
  ffmpeg -v error -nostdin -ss 2.33 -i g.mp4 -c copy t.mp4
  track t.mp4
  expect_code 0
  [ "$(wc -l <out/t.csv)" -eq 142 ] || fail "$(wc -l <out/t.csv) lines"
  expect_last_time out/t.csv 5.6
}

the_end_of_a_varying_rate_is_on_time() {
  make v.mp4 "crop=400:300:x='0.5*n':y=0,select='lt(t,1)+not(mod(n,50))'" -t 16 -vsync vfr \
    -c:v libx264 -bf 3 -pix_fmt yuv420p || exit 77
  track v.mp4
  expect_code 0
  expect_last_time out/v.csv 14
  times_of out/v.csv | tail -5 | cut -d. -f1 | xargs | grep -q '^6 8 10 12 14$' || fail "the times"
}

raw_motion_jpeg_is_a_video() {
  mkdir folder
  make folder/raw.mjpeg "$drift" -frames:v 12 -c:v mjpeg -q:v 2 -f mjpeg
  for input in folder/raw.mjpeg folder "file://$PWD/folder/r%61w.mjpeg"; do
    rm -rf out
    track "$input"
    expect_code 0
    expect_noses out/raw.csv 12 2
  done
}

a_sound_file_with_a_cover_holds_no_video() {
  ffmpeg -v error -nostdin -f lavfi -i sine=d=1 -i "$portrait" -map 0 -map 1 -c:a aac -c:v png \
    -disposition:v attached_pic song.m4a
  track song.m4a
  expect_code 1
  expect_stderr "song.m4a holds no video"
  [ -z "$(ls out 2>/dev/null)" ] || fail "a row of the cover"
}

unix_times_count_from_the_creation_time() {
  make dated.mp4 "$drift" -frames:v 6 -c:v mpeg4 -q:v 2 -metadata creation_time=2024-05-01T10:00:00Z
  make undated.mkv "$drift" -frames:v 6 -c:v mpeg4 -q:v 2
  track dated.mp4 undated.mkv --jsonl --unix-time
  expect_code 0
  awk -F, 'NR == 1 { if ($NF != "unix_time") exit 1 } NR == 7 && $NF != "1714557600.200000" { exit 1 }
    END { if (NR != 7) exit 1 }' out/dated.csv || fail "$(sed 's/.*,//' out/dated.csv | xargs)"
  tail -1 out/dated.jsonl | grep -q '"timestamp":0.2,"unix_time":1714557600.2,' ||
    fail "$(tail -1 out/dated.jsonl | cut -c1-80)"
  tail -1 out/undated.csv | grep -q ',$' || fail "a time of a file that has none"
  tail -1 out/undated.jsonl | grep -q '"unix_time":null,' || fail "JSON of a file that has none"
}

interlaced_fields_show_one_moment() {
  make i.mpg "crop=400:304:x='4*n':y=0,tinterlace=interleave_top" -frames:v 12 -c:v mpeg2video \
    -q:v 2 -flags +ilme+ildct -top 1
  track i.mpg
  expect_code 0
  expect_noses out/i.csv 12 8
}

lost_frames_are_reported() {
  make whole.avi "$drift" -frames:v 40 -c:v mjpeg -q:v 2
  track whole.avi
  expect_code 0
  [ -z "$(grep warning stderr)" ] || fail "a whole file is called damaged"
  size=$(stat -c %s whole.avi)
  cp whole.avi damaged.avi
  dd if=/dev/zero of=damaged.avi bs=1 seek=$((size / 2)) count=$((size / 4)) conv=notrunc 2>dd.log
  track damaged.avi --quiet
  expect_code 0
  expect_stderr "warning: damaged.avi: damaged: "
  head -c $((size / 2)) whole.avi >cut.avi
  track cut.avi
  expect_code 1
  expect_stderr "cut.avi: the file is truncated after "
}

a_size_that_changes_is_followed() {
  make small.mjpeg "crop=400:300:x=0:y=0" -frames:v 6 -c:v mjpeg -q:v 2
  make large.mjpeg "crop=400:300:x=0:y=0,scale=800:600" -frames:v 6 -c:v mjpeg -q:v 2
  cat small.mjpeg large.mjpeg >both.mjpeg
  track both.mjpeg --video
  expect_code 0
  head -7 out/both.csv >first.csv
  expect_noses first.csv 6 0
  # 2 x + 0.5 are the pixels of twice the size.
  awk -F, 'NR == 1 { for (i = 1; i <= NF; ++i) column[$i] = i } NR > 8 {
    if (($column["x_30"] - 450.9) ^ 2 > 4 || ($column["y_30"] - 255.5) ^ 2 > 4) bad = 1 }
    END { exit bad || NR != 13 }' out/both.csv || fail "$(tail -3 out/both.csv | cut -c1-80)"
  track out/both.mp4 --out again
  expect_code 0
  [ "$(wc -l <again/both.csv)" -eq 13 ] || fail "$(wc -l <again/both.csv) lines of the overlay"
}

"$2"
