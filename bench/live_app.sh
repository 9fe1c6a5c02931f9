#!/bin/bash
# How prompt the live app is on the sample clip, under a virtual display: live_app.sh PROGRAM [STARTS].
# Prints how long after the window the first points were drawn and how long closing took, while it
# records and while it trains, and the rate of the view without and beside a training. The training is
# of face68 from the weights in use on 24 made-up faces.
set -- "$1" none "${2:-5}"
. "$(dirname "$0")/../tests/support/e2e.sh"
. "$root/tests/support/app.sh" || exit 1
trap 'stop_all; rm -rf "$work"' EXIT
app=$program
touch stdout stderr

close_timed() { # WHAT
  local start end
  start=$(date +%s%N)
  key ctrl+q
  while kill -0 "$app_pid" 2>/dev/null; do sleep 0.005; done
  end=$(date +%s%N)
  wait "$app_pid" || fail "the app ended with $?: $(cat "$work/app.err")"
  app_pid=
  echo "closed while it $1: $(((end - start) / 1000000)) ms"
}

shown() { grep -o 'Shown [^"]*' "$work/items.json"; }

start_display 1280 720
echo "$(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1), $(nproc) cores, 1280x720, software OpenGL"
for _ in $(seq "$3"); do
  start_app
  wait_for "points" grep -q 'First points' "$work/items.json"
  grep -o 'First points[^"]*' "$work/items.json"
  key r
  wait_for "the mark" has View/Recording
  close_timed records
done
make_data
start_app
wait_for "points" grep -q 'First points' "$work/items.json"
sleep 10
echo "alone: $(shown)"
click Tab/Training
click Training/data
sleep 0.3
xdotool type --window "$window" --delay 60 "$work/data"
sleep 0.3
hold_key Return
click "Training/Start training"
patience=300
wait_for "an epoch" grep -qE '"Training/Epochs [1-9]' "$work/items.json"
sleep 10
echo "beside a training: $(shown)"
close_timed trains
