#!/bin/bash
# nosetip-track: track_test.sh PROGRAM CASE.
. "$(dirname "$0")/../support/e2e.sh"

# With the project's own detector and model, which are the defaults.
track() { run --device cpu --threads 1 "$@"; }

expect_files() { # FOLDER NAME...
  local folder=$1
  shift
  [ "$(ls "$folder")" = "$(printf '%s\n' "$@" | sort)" ] || fail "in $folder: $(ls "$folder")"
}
expect_rows() { # FILE COUNT
  local rows=$(($(wc -l <"$1") - 1))
  [ "$rows" -eq "$2" ] || fail "$1 has $rows rows where $2 were expected"
}
# Every row has as many fields as the header, and the last one is whole.
expect_table() {
  awk -F, 'NR == 1 { n = NF } NF != n { exit 1 }' "$1" || fail "$1 has a broken row"
  [ -z "$(tail -c 1 "$1")" ] || fail "$1 ends in the middle of a row"
}

# FOLDER and OTHER hold the same, but for records of what is done.
expect_same() { # FOLDER OTHER
  diff -r -x done "$1" "$2" >differs || fail "$1 and $2: $(cat differs)"
}

# Clips of NAME.mp4 in clips/, all the sample clip. Tracked with --max-frames.
make_clips() { # NAME...
  mkdir -p clips
  for name in "$@"; do cp -p "$(dirname "$program")/samples/sample.mp4" "clips/$name.mp4"; done
}

# A folder of COUNT pictures frames/f_0.png ...
make_sequence() {
  mkdir -p frames
  for ((i = 0; i < $1; ++i)); do ln -s "$portrait" "frames/f_$i.png"; done
}

help_lists_options_with_defaults() {
  run --help
  expect_code 0
  for option in --out --video --csv --jsonl --pts --sheet --signals --report --detector --model --device --threads \
    --max-frames --jobs --shard --resume --quiet --stability --camera-path --sensor-noise \
    --max-faces --follow --roi --fx --fov-deg --signals --coco --serve --osc --vmc --openseeface \
    --opentrack; do
    grep -q -- "$option" stdout || fail "no $option"
  done
  # CLI11 writes =VALUE up to 2.3 and [VALUE] from 2.4 on.
  grep -A1 -- '--out ' stdout | grep -qE '(=|\[)out' || fail "no default of --out"
  grep -A1 -- '--device' stdout | grep -qE '(=|\[)auto' || fail "no default of --device"
}

no_input_is_an_error() {
  run
  [ "$code" -ne 0 ] || fail "exit code 0"
  expect_stderr inputs
}

benchmark_measures_each_stage() {
  track --benchmark --max-frames 4 --json b.json
  expect_code 0
  for line in "^1 face, 1.00 followed; 4 frames" "^4 faces" "^16 faces" "^  landmark  " "^  all  "; do
    grep -qE "$line" stdout || fail "no line $line"
  done
  for word in processor libtorch '"device"' '"faces": 16' p99_ms frames_per_s; do
    grep -q "$word" b.json || fail "no $word in the JSON file"
  done
  [ ! -e out ] || fail "a folder of outputs"
  track "$portrait" --benchmark --max-frames 2 --no-smooth
  expect_code 0
  grep "^  smooth " stdout | grep -vE "( +0\.00){3} " && fail "smoothed in spite of --no-smooth"
  track "$portrait" --benchmark --smooth --no-smooth
  expect_code 1
  expect_stderr --no-smooth
  track "$portrait" --csv --json b.json
  expect_code 1
  expect_stderr --benchmark
  track 0 --benchmark
  expect_code 1
  expect_stderr camera
}

stability_goes_by_the_camera_path() {
  local samples clip
  samples=$(dirname "$program")/samples
  clip=$samples/sample.mp4
  track "$clip" --stability --model face68-fast
  expect_code 0
  expect_stdout "by the camera path $samples/sample.path.csv: 45 fast frames, 0 without a face"
  # Lag, error, five parts, move, error without lag; errors measured are 0.6 and 0.9 %.
  awk '/by the camera path/ { known = 1 }
    known && $1 == "plain" { rows += NF == 10 && $2 > -0.2 && $2 < 0.2 && $3 > 0.2 && $3 < 1.5 }
    known && $1 == "smoothed" { rows += NF == 10 && $2 > 0 && $2 < 0.5 && $3 > 0.2 && $3 < 2 }
    known && $1 == "followed" { rows += $2 == 299 }
    END { exit rows != 3 }' stdout || fail "a row is missing or far off"
  [ ! -s out ] || [ -z "$(ls out)" ] || fail "files were written"
}

sensor_noise_moves_the_points() {
  local samples noise
  samples=$(dirname "$program")/samples
  for noise in 0 12; do
    track "$samples/sample.mp4" --stability --model face68-fast --max-frames 30 \
      --sensor-noise $noise
    expect_code 0
    # How far points move from one frame to the next.
    awk '/move %/ { known = 1 } known && $1 == "plain" { print $9 }' stdout >move_$noise
  done
  awk -v calm="$(cat move_0)" -v noisy="$(cat move_12)" \
    'BEGIN { exit !(calm > 0 && noisy > 1.1 * calm) }' || fail "$(cat move_0 move_12)"
}

camera_path_that_does_not_fit_is_named() {
  make_clips a
  local path
  path=$(dirname "$program")/samples/sample.path.csv
  track clips/a.mp4 --stability --camera-path nowhere.csv
  expect_code 1
  expect_stderr "nowhere.csv does not exist"
  head -9 "$path" >short.csv
  for frames in 0 9; do
    track clips/a.mp4 --stability --model face68-fast --camera-path short.csv --max-frames $frames
    expect_code 1
    expect_stderr "short.csv has 8 rows, but the clip has $((frames > 0 ? frames : 300)) frames"
  done
  track clips/a.mp4 --stability --model face68-fast --camera-path short.csv --max-frames 5
  expect_code 0
  expect_stdout "by the camera path short.csv"
  sed 's/,640,480,/,320,240,/' "$path" >small.csv
  track clips/a.mp4 --stability --camera-path small.csv
  expect_code 1
  expect_stderr "small.csv is for frames of 320x240 pixels"
  sed '5s/,[^,]*$//' "$path" >clips/a.path.csv # beside the clip
  track clips/a.mp4 --stability
  expect_code 1
  expect_stderr "line 5 of the camera path clips/a.path.csv has 8 fields"
  track clips/a.mp4 --csv --camera-path short.csv
  expect_code 1
  expect_stderr "--camera-path needs --stability"
  track clips/a.mp4 --stability --sensor-noise 300
  expect_code 1
  expect_stderr --sensor-noise
}

missing_input_is_named() {
  run nowhere.mp4
  expect_code 1
  expect_stderr nowhere.mp4
}

broken_inputs_are_named() {
  : >empty.mp4
  head -c 4096 /dev/urandom >noise.mp4
  head -c 2000 "$portrait" >cut.png
  for input in empty.mp4 noise.mp4 cut.png; do
    track "$input" --csv
    expect_code 1
    expect_stderr "$input"
    [ -z "$(ls out 2>/dev/null)" ] || fail "outputs for $input"
  done
}

missing_detector_says_what_to_pass() {
  run "$portrait" --detector nowhere.onnx
  expect_code 1
  expect_stderr nowhere.onnx
  expect_stderr --detector
}

broken_detector_is_named() {
  head -c 4096 /dev/urandom >noise.onnx
  track "$portrait" --detector noise.onnx
  expect_code 1
  expect_stderr noise.onnx
}

broken_model_is_named() {
  head -c 4096 /dev/urandom >noise.safetensors
  track "$portrait" --model noise.safetensors
  expect_code 1
  expect_stderr noise.safetensors
}

option_out_of_range_is_named() {
  run "$portrait" --max-frames -1
  expect_code 1
  expect_stderr --max-frames
  run "$portrait" --device toaster
  [ "$code" -ne 0 ] || fail "exit code 0"
  expect_stderr device
}

video_has_a_row_a_frame() {
  make_sequence 12
  track frames/f_%d.png --video --csv --jsonl
  expect_code 0
  expect_files out f.csv f.jsonl f.mp4
  expect_rows out/f.csv 12
  expect_table out/f.csv
  [ "$(wc -l <out/f.jsonl)" -eq 12 ] || fail "JSON lines"
  [ "$(cut -d, -f5 out/f.csv | sort -u | tr '\n' ' ')" = "1 success " ] || fail "a frame without"
  [ "$(cut -d, -f2 out/f.csv | sort -u | wc -l)" -eq 2 ] || fail "the face changed its id"
  track out/f.mp4 --csv --out again # the overlay is a video that plays
  expect_code 0
  expect_rows again/f.csv 12
}

picture_gives_all_outputs() {
  track "$portrait" --video --csv --jsonl --pts --coco --sheet
  expect_code 0
  expect_files out astronaut.coco.json astronaut.csv astronaut.jsonl astronaut.png astronaut.pts astronaut_sheet.png
  expect_rows out/astronaut.csv 1
  grep -q '^n_points: 68' out/astronaut.pts || fail "astronaut.pts"
  grep -q '"file_name":"astronaut.png","width":512,"height":512' out/astronaut.coco.json ||
    fail "astronaut.coco.json"
  cmp -s "$portrait" out/astronaut.png && fail "nothing is drawn"
  return 0
}

signals_are_columns_behind_the_points() {
  make_clips talk
  track clips --model face68-fast --max-frames 30 --csv --jsonl --signals
  expect_code 0
  expect_table out/talk.csv
  expect_rows out/talk.csv 30
  head -1 out/talk.csv | grep -q ',y_67,X_0,.*,Z_67,eye_open_right,.*,blink_depth,point_confidence_0,' ||
    fail "columns: $(head -1 out/talk.csv)"
  grep -q '"signals":{"eye_open_right":' out/talk.jsonl || fail "no signals in JSON"
  track clips --max-frames 2 --jsonl --report --out measured
  grep -q '"signals"' measured/talk.jsonl && fail "signals in JSON that only --report asked for"
  track clips --max-frames 2 --csv --out plain
  head -1 plain/talk.csv | grep -q eye_open && fail "signals that nobody asked for"
  track clips --model face58 --csv --signals
  expect_code 1
  expect_stderr "choose --model face68 or face68-fast"
}

reports_are_pages_with_an_index() {
  make_clips talk "a b"
  track clips --model face68-fast --max-frames 30 --report
  expect_code 0
  expect_files out "a b_report.html" report_index.html talk_report.html
  expect_stdout out/report_index.html
  grep -q 'href="a%20b_report.html"' out/report_index.html || fail "no link"
  [ "$(grep -o '<svg' out/talk_report.html | wc -l)" -ge 12 ] || fail "no time lines"
  grep -q '<script\|http:\|https:' out/*.html && fail "something from elsewhere"
  # The index lists also what an earlier run wrote.
  track clips/talk.mp4 "clips/a b.mp4" --model face68-fast --max-frames 30 --report --shard 1/2
  [ "$(grep -o '_report.html' out/report_index.html | wc -l)" -eq 2 ] || fail "a report is not listed"
  track clips --model face68-fast --max-frames 2 --report --csv -
  grep -q 'index.html' stdout && fail "the table has a line that is no row"
  expect_stderr out/report_index.html
}

head_pose_is_that_of_the_camera() {
  track "$portrait" --model face68-fast --csv --out usual
  expect_code 0
  track "$portrait" --model face68-fast --csv --jsonl --fov-deg 30 --out narrow
  expect_code 0
  # The distance grows with the focal length: the longer side by default, here 0.5 / tan(15 degrees)
  # of the width.
  paste -d, <(tail -1 usual/astronaut.csv | cut -d, -f8) <(tail -1 narrow/astronaut.csv | cut -d, -f8) |
    awk -F, '{ ratio = $2 / $1 / 1.866 } END { exit !(ratio > 0.97 && ratio < 1.03) }' ||
    fail "pose_Tz: $(cut -d, -f8 usual/astronaut.csv narrow/astronaut.csv)"
  grep -q '"camera":{"fx":' narrow/astronaut.jsonl || fail "no camera in the JSON"
  track "$portrait" --fov-deg 60 --fx 800
  expect_code 1
  expect_stderr "(--fov-deg) and a focal length (--fx, --fy)"
}

points_in_space_appear_where_the_points_are() {
  track "$portrait" --csv --jsonl --signals
  expect_code 0
  expect_table out/astronaut.csv
  # The column of each name; the camera's focal length is the picture's longer side.
  awk -F, 'NR == 1 { for (i = 1; i <= NF; ++i) at[$i] = i; next }
    $5 == 1 {
      f = 512; c = 255.5
      for (i = 0; i < 68; ++i) {
        dx = f * $at["X_" i] / $at["Z_" i] + c - $at["x_" i]
        dy = f * $at["Y_" i] / $at["Z_" i] + c - $at["y_" i]
        sum += sqrt(dx * dx + dy * dy) / 68
      }
      eyes = $at["x_45"] - $at["x_36"]
      if (!(sum < 0.02 * eyes) || !($at["Z_30"] < $at["Z_36"] - 20)) exit 1
      ++faces
    }
    END { exit faces != 1 }' out/astronaut.csv || fail "X, Y and Z"
  grep -q '"points_mm":\[\[' out/astronaut.jsonl || fail "no points_mm"
  track "$portrait" --csv --jsonl --out without
  head -1 without/astronaut.csv | grep -q X_0 && fail "X_0 that nobody asked for"
  grep -q points_mm without/astronaut.jsonl && fail "points_mm that nobody asked for"
  return 0
}

faces_are_found_in_a_part_of_the_frame() {
  track "$portrait" --csv --model face68-fast --roi 25%,0%,50%,60% --out found
  expect_code 0
  # The tip of the nose, point 30, is where it is in the whole picture.
  awk -F, 'NR == 2 { x = $(12 + 30) - 225.2; y = $(12 + 68 + 30) - 127.5
    exit !($5 == 1 && x * x + y * y < 25) }' found/astronaut.csv || fail "$(cat found/astronaut.csv)"
  track "$portrait" --csv --model face68-fast --roi 0,0,200,512 --out beside
  expect_code 0
  grep -q '^0,-1,' beside/astronaut.csv || fail "a face beside the region"
  mkdir pictures
  cp "$portrait" pictures/a.png
  track pictures "$portrait" --csv --roi 600,0,50,50
  expect_code 1
  expect_stderr "a.png: the region 600,0,50,50 (--roi) holds no pixel of a frame of 512x512 pixels"
  track "$portrait" --roi 1,2,3
  expect_code 1
  expect_stderr "(--roi) is '1,2,3'"
}

# A picture or video of 4 by 3 faces, one of which is larger.
make_group() { # FILE FRAMES
  type -P ffmpeg >/dev/null || exit 77
  local face="crop=200:200:125:25" big="crop=130:130:160:60,scale=200:200"
  ffmpeg -v error -i "$portrait" -filter_complex "[0]split[a][b];[a]$face,split=11$(printf '[s%d]' {0..10});
    [b]$big[s11];$(printf '[s%d]' {0..6})[s11]$(printf '[s%d]' {7..10})xstack=inputs=12:layout=$(
    for ((i = 0; i < 12; ++i)); do printf '%d_%d|' $((i % 4 * 200)) $((i / 4 * 200)); done |
      sed 's/|$//'),loop=$2:1" -frames:v "$2" -pix_fmt yuv420p -y "$1" </dev/null || fail "ffmpeg"
}

all_faces_of_a_picture_are_found() {
  make_group group.png 1
  track group.png --csv --model face68-fast
  expect_code 0
  expect_rows out/group.csv 12
  grep -q max-faces stdout && fail "a limit that nobody set"
  track group.png --csv --model face68-fast --max-faces 8
  expect_code 0
  expect_rows out/group.csv 8
  expect_stdout "--max-faces 8 left out 4 faces in a picture"
  make_group group.mp4 5
  track group.mp4 --csv --model face68-fast --out video
  expect_code 0
  expect_rows video/group.csv 40
  expect_stdout "--max-faces 8 left out up to 4 faces in a frame"
}

# Two men, one from the side.
a_profile_has_a_box_and_no_points() {
  local shared=$root/../shared
  local picture=$shared/data/wild/56_Voter_peoplevoting_56_836.jpg
  local detector=$shared/models/face_detection_yunet_2023mar.onnx
  [ -f "$picture" ] && [ -f "$detector" ] || exit 77
  cp "$picture" two.jpg
  track two.jpg --csv --jsonl --pts --video --model face68-fast --detector "$detector"
  expect_code 0
  expect_files out two.csv two.jsonl two.png two.pts
  expect_table out/two.csv
  expect_rows out/two.csv 2
  # The pose and the points of one are empty.
  awk -F, 'NR > 1 { ++rows[$5]; empty[$5] += $6 == "" && $12 == "" && $NF == ""; sure += $4 > 0.5 }
    END { exit !(rows[0] == 1 && rows[1] == 1 && empty[0] == 1 && empty[1] == 0 && sure == 2) }' \
    out/two.csv || fail "$(cut -c1-80 out/two.csv)"
  [ "$(grep -o '"box"' out/two.jsonl | wc -l)" -eq 2 ] || fail "not two boxes"
  [ "$(grep -o '"points"' out/two.jsonl | wc -l)" -eq 1 ] || fail "not the points of one face"
}

the_largest_face_is_followed() {
  make_group group.mp4 20
  track group.mp4 --csv --model face68-fast --follow largest
  expect_code 0
  expect_rows out/group.csv 20
  grep -q max-faces stdout && fail "faces left out"
  # The tip of the nose is in the last column of the second row.
  awk -F, 'NR > 1 && !($2 == 0 && $(12 + 30) > 600 && $(12 + 68 + 30) > 200 &&
    $(12 + 68 + 30) < 400) { exit 1 }' out/group.csv || fail "another face"
}

folder_of_pictures_shares_a_table() {
  make_sequence 3
  track frames --csv
  expect_code 0
  expect_files out frames.csv
  expect_rows out/frames.csv 3
  grep -q '^file,frame,' out/frames.csv || fail "no column of the file"
  grep -q 'f_2.png,0,' out/frames.csv || fail "no row of f_2.png"
}

inputs_of_one_name_stay_apart() {
  mkdir a b
  cp "$portrait" a/face.png
  cp "$portrait" b/face.png
  track a/face.png b/face.png --pts --csv
  expect_code 0
  expect_files out a.csv b.csv face-2.pts face.pts
}

input_is_never_overwritten() {
  cp "$portrait" face.png
  track face.png --video --out .
  expect_code 0
  cmp -s "$portrait" face.png || fail "the input has changed"
  [ -f face-2.png ] || fail "no overlay"
}

bad_input_does_not_stop_the_others() {
  echo 'no picture' >bad.png
  cp "$portrait" good.png
  track nowhere.mp4 bad.png good.png --pts
  expect_code 1
  expect_stderr nowhere.mp4
  expect_stderr bad.png
  expect_files out good.pts
}

unwritable_folder_is_named() {
  : >out
  track "$portrait" --csv
  expect_code 1
  expect_stderr out
}

ctrl_c_leaves_files_that_parse_and_play() {
  make_sequence 2000
  # A background job of a script ignores SIGINT, so the signal is sent by a second shell.
  (while ! [ -s out/f.csv.part ]; do sleep 0.1; done; sleep 0.5
    kill -INT "$(cat pid)") &
  sh -c 'echo $$ >pid; exec "$@"' sh "$program" \
    --device cpu --threads 1 frames/f_%d.png --video --csv --jsonl >stdout 2>stderr </dev/null
  code=$?
  expect_code 130
  expect_files out f.csv f.jsonl f.mp4
  expect_table out/f.csv
  local rows=$(($(wc -l <out/f.csv) - 1))
  [ "$rows" -gt 0 ] && [ "$rows" -lt 2000 ] || fail "$rows rows"
  [ "$(wc -l <out/f.jsonl)" -eq "$rows" ] || fail "JSON lines and rows differ"
  track out/f.mp4 --csv --out again
  expect_code 0
  expect_rows again/f.csv "$rows"
}

jobs_give_what_one_gives() {
  make_clips a b c
  make_sequence 3
  for jobs in 1 3; do
    track clips frames --csv --jsonl --pts --sheet --max-frames 6 --jobs $jobs --out $jobs
    expect_code 0
  done
  expect_same 1 3
  expect_rows 3/c.csv 6
  expect_rows 3/frames.csv 3
  # A summary is one block, whoever else has one to say.
  [ "$(grep -c ': 6 frames' stdout)" -eq 3 ] || fail "no summary of each clip"
  awk '/^clips/ { name = substr($1, 7, 1) } /^  3.[abc]/ && substr($1, 3, 1) != name { exit 1 }' \
    stdout || fail "summaries are mixed"
}

jobs_share_cores() {
  make_clips a b
  run --device cpu clips --csv --max-frames 2 --jobs 2
  expect_code 0
  expect_stderr "1 thread (one for each of 2 jobs)"
  track clips --stability --jobs 2
  expect_code 1
  expect_stderr "leave out --jobs"
}

a_bad_clip_does_not_stop_other_jobs() {
  make_clips a c
  echo 'no video' >clips/b.mp4
  track clips --csv --max-frames 3 --jobs 2
  expect_code 1
  expect_stderr clips/b.mp4
  expect_files out a.csv c.csv
}

ctrl_c_stops_all_jobs() {
  mkdir one two
  for ((i = 0; i < 2000; ++i)); do ln -s "$portrait" one/$i.png; ln -s "$portrait" two/$i.png; done
  (while ! [ -s out/one.csv.part ] || ! [ -s out/two.csv.part ]; do sleep 0.1; done
    kill -INT "$(cat pid)") &
  sh -c 'echo $$ >pid; exec "$@"' sh "$program" --device cpu --jobs 2 --resume \
    one/%d.png two/%d.png --csv >stdout 2>stderr </dev/null
  code=$?
  expect_code 130
  expect_files out one.csv two.csv # and no record of either
  for name in one two; do
    expect_table out/$name.csv
    [ "$(wc -l <out/$name.csv)" -lt 2001 ] || fail "$name was not stopped"
  done
}

parts_of_a_list_add_up() {
  make_clips a b c d e
  cp "$portrait" clips/p.png
  cp "$portrait" clips/q.png
  track clips --csv --pts --max-frames 3 --out whole
  expect_code 0
  for part in 1 2 3; do
    track clips --csv --pts --max-frames 3 --shard $part/3
    expect_code 0
    [ "$(grep -c '^clips' stdout)" -eq 2 ] || fail "part $part has not a third"
  done
  expect_same whole out
  track clips --csv --shard 9/9
  expect_code 0
  expect_stderr "nothing left to do"
  for part in 0/4 5/4 a/b 3; do
    track clips --csv --shard $part
    expect_code 1
    expect_stderr "--shard is '$part'"
  done
  track clips --video --shard 1/2 --out clips
  expect_code 1
  expect_stderr "another folder"
}

kill_then_resume() {
  make_clips a b c d e f
  track clips --csv --jsonl --max-frames 20 --out whole
  expect_code 0
  sh -c 'echo $$ >pid; exec "$@"' sh "$program" --device cpu --threads 1 --jobs 2 --resume \
    clips --csv --jsonl --max-frames 20 >stdout 2>stderr </dev/null &
  local job=$!
  while ! [ -e out/done/a.json ] && kill -0 $job; do sleep 0.1; done
  kill -KILL "$(cat pid)"
  wait $job 2>killed
  local finished
  finished=$(cd out/done && ls ./*.json | sed 's/\.json$//')
  for name in $finished; do stat -c '%n %i %Y %Z' out/$name.*; done >before
  track clips --csv --jsonl --max-frames 20 --resume --jobs 2
  expect_code 0
  expect_stderr "resume: $(echo "$finished" | wc -l) of 6 were finished earlier"
  for name in $finished; do stat -c '%n %i %Y %Z' out/$name.*; done >after
  cmp before after || fail "a finished file was written again"
  expect_same whole out
  track clips --csv --jsonl --max-frames 20 --resume
  expect_code 0
  expect_stderr "resume: 6 of 6 were finished earlier"
  grep -q landmarks: stderr && fail "a model was loaded for nothing"
  return 0
}

resume_sees_what_has_changed() {
  make_clips a b c
  echo 'no video' >clips/c.mp4
  track clips --csv --max-frames 3 --resume
  expect_code 1
  make_clips c
  touch clips/b.mp4
  track clips --csv --max-frames 3 --resume
  expect_code 0
  expect_stderr "resume: 1 of 3 "
  expect_stderr "tracking b again: clips/b.mp4 has changed"
  track clips --csv --max-frames 3 --resume --smooth
  expect_code 0
  expect_stderr "tracking a again: --smooth has changed"
  expect_stderr "resume: 0 of 3 "
  track clips/a.mp4 --csv --max-frames 2 # without --resume: what is recorded is no longer true
  track clips --csv --max-frames 3 --resume --smooth
  expect_stderr "resume: 2 of 3 "
}

quiet_says_nothing() {
  track "$portrait" --video # libpng complains about the portrait's own color profile
  track out/astronaut.png --csv --quiet
  expect_code 0
  [ ! -s stdout ] && [ ! -s stderr ] || fail "it spoke"
}

# What LibTorch shows of another C++ library must not be found first (third_party/cmake/FindTorch.cmake).
cpp_library_comes_before_libtorch() {
  type -P readelf >/dev/null || exit 77
  readelf -d "$program" | sed -n 's/.*(NEEDED).*\[\(lib[^]]*\)\].*/\1/p' >stdout
  expect_stdout libtorch
  sed '/^libtorch/q' stdout | grep -q '^libstdc++\.' || fail "libstdc++ does not come before LibTorch"
}

start_up_is_measured() {
  type -P time >/dev/null || exit 77
  "$root/bench/start_up.sh" "$program" "$portrait" 2 0 >stdout 2>stderr || fail "start_up.sh failed"
  expect_stdout "cold: not run"
  grep -E '^warm: first row after [0-9.]+ s, end after [0-9.]+ s, .* peak [0-9]+ MB .*of 2' stdout >warm ||
    fail "no figures"
  # The end comes after the row, but for what clocks are off.
  awk '{ exit !($5 > 0.05 && $5 < $9 + 0.02) }' warm || fail "no time to the first row"
}

: >stdout
: >stderr
"$2"
