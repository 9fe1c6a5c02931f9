#!/bin/bash
# nosetip-train evaluate-detector: evaluate_detector_test.sh PROGRAM CASE. The detector is the project's
# own, which is the default; the data set is the sample portrait, whose face is known.
. "$(dirname "$0")/../support/e2e.sh"

measure() { run evaluate-detector "$@"; }
expect_row() { grep -qE -- "$1" stdout || fail "stdout has no row '$1'"; }
figure() { # KEY VALUE
  grep -qE "\"$1\": $2(,|\$)" figures.json || fail "$1 is not $2: $(grep "\"$1\"" figures.json)"
}

# Landmarks of the portrait: the contour's extent, eyes, nose and mouth, which make the box.
make_data() {
  mkdir data
  cp "$portrait" data/portrait.png
  awk 'BEGIN {
    print "version: 1\nn_points: 68\n{"
    for (k = 0; k < 68; ++k) {
      x = 225 + 46 * cos(3.14159 * (k + 16) / 16); y = 134 + 45 * sin(3.14159 * (k + 16) / 16)
      if (k >= 36 && k < 42) { x = 209; y = 102 }
      if (k >= 42 && k < 48) { x = 247; y = 105 }
      if (k == 30) { x = 225; y = 128 }
      if (k == 48) { x = 201; y = 140 }
      if (k == 54) { x = 246; y = 142 }
      print x, y
    }
    print "}" }' >data/portrait.pts
}

# A black picture without a face: the 54 bytes of a BMP's head, and its 64 x 64 pixels.
make_empty() {
  mkdir empty
  {
    printf 'BM\x36\x30\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x40\0\0\0\x40\0\0\0\x01\0\x18\0\0\0\0\0'
    printf '\0\x30\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0'
    head -c 12288 /dev/zero
  } >empty/black.bmp
}

the_portrait_is_found() {
  make_data
  make_empty
  for i in 1 2 3 4; do cp "$portrait" "frame_$i.png"; done
  measure --data data --empty empty --clip 'frame_%d.png' --list-misses --json figures.json
  expect_code 0
  expect_stdout 'Faces of data: 1 picture, 1 face'
  expect_stdout 'Without faces: empty: 1 picture'
  expect_stdout 'Clip frame_%d.png: 4 frames'
  grep -q 'misses in' stdout && fail "a face was missed"
  figure recall_percent 100.0
  figure recall_at_few_alarms_percent 100.0
  figure false_alarms_per_picture 0.0
  figure found_percent 100.0
  # In the table, which rounds: the overlap of a box with itself is not always 1 in float.
  expect_row 'face_detector.onnx +100.00 +100.00 +1.0000 +0.000 +0.000'
  for key in machine processor opencv detector_input_px ms_p50 ms_p95 mean_iou; do
    grep -q "\"$key\":" figures.json || fail "no $key in figures.json"
  done
}

scenes_are_the_same_each_time() {
  make_data
  measure --data data --scenes 6 --empty-scenes 3 --seed 5 --json figures.json
  expect_code 0
  expect_stdout 'composed scenes: 6 pictures'
  expect_stdout 'composed scenes without faces: 3 pictures'
  figure faces '[1-9][0-9]*'
  grep -v '"ms_p' figures.json >first
  measure --data data --scenes 6 --empty-scenes 3 --seed 5 --json figures.json
  grep -v '"ms_p' figures.json | cmp -s - first || fail "another run gave other figures"
}

detectors_stand_beside_each_other() {
  make_data
  cp "$root/assets/models/face_detector.onnx" one.onnx
  cp one.onnx two.onnx
  measure --detector one.onnx --detector two.onnx --data data
  expect_code 0
  expect_row '^ +one.onnx +100.00'
  expect_row '^ +two.onnx +100.00'
}

close_ups_are_cut_out() {
  make_data
  measure --data data --margin 25 --margin 10
  expect_code 0
  expect_stdout 'Close-ups of data with a margin of 25 %: 1 picture, 1 face'
  expect_row 'face_detector.onnx +100.00 +100.00 +0 '
  measure --data data --margin wide
  expect_code 1
  expect_stderr '--margin wide is not a number'
}

boxes_are_measured_within_the_tracker() {
  mkdir crowd
  cp "$portrait" crowd/portrait.png
  # The face, one too small to count, and one that is not there.
  printf 'file,x,y,width,height,px0\n%s\n%s\n%s\n' portrait.png,176,60,96,120, \
    portrait.png,10,10,20,20, portrait.png,10,300,90,100, >crowd/boxes.csv
  for boxes in detector tracker; do
    measure --data crowd --least-face-px 40 --boxes $boxes --model face68-fast --list-misses \
      --json figures.json --picture curves.png
    expect_code 0
    [ "$(head -c 4 curves.png | tail -c 3)" = PNG ] || fail "curves.png is no PNG"
    expect_stdout 'Labeled faces of crowd: 1 picture, 2 faces'
    expect_row 'face_detector.onnx +50.00 +- +- +- +50.0 +- +100.00 +0.500 +0 +0.000 +0 '
    expect_stdout 'misses in crowd:'
    expect_stdout '  portrait 10,300,90,100'
    figure boxes "\"$boxes\""
    figure precision_percent 100.0
  done
}

# A third of the photographs, to be quick.
photographs_of_the_world_are_measured() {
  wild=$root/../shared/data/wild
  [ -d "$wild" ] || { echo "needs the photographs of ../shared/data/wild"; exit 77; }
  measure --data "$wild" --names '[369]$' --least-face-px 40 --json figures.json
  expect_code 0
  recall=$(sed -n 's/.*"recall_percent": \([0-9]*\).*/\1/p' figures.json | head -1)
  # Far fewer mean that boxes and pictures do not belong together.
  [ "$recall" -ge 40 ] || fail "only $recall % of the faces are found"
}

what_is_wrong_is_named() {
  measure --detector absent.onnx --empty .
  expect_code 1
  expect_stderr "absent.onnx"
  measure
  expect_code 1
  expect_stderr "--data, --scenes, --empty or --clip"
  measure --empty nowhere
  expect_code 1
  expect_stderr "nowhere"
  measure --clip absent.mp4
  expect_code 1
  expect_stderr "absent.mp4"
  measure --scenes 3
  expect_code 1
  expect_stderr "data set"
  printf 'file,x,y,width,height\nabsent.jpg,1,2,3,4\n' >boxes.csv
  measure --data boxes.csv
  expect_code 1
  expect_stderr 'boxes.csv, line 2: the picture absent.jpg'
  make_data
  measure --data data --picture curves.png
  expect_code 1
  expect_stderr 'no curve for --picture'
  measure --data data --names '^nobody'
  expect_code 1
  expect_stderr "--names"
}

"$2"
