#!/bin/bash
# nosetip in a real window on a virtual display, with real clicks and keys: app_test.sh PROGRAM CASE.
. "$(dirname "$0")/../support/e2e.sh"
. "$root/tests/support/app.sh" || exit 1
trap 'stop_all; rm -rf "$work"' EXIT
app=$program
stream_server=${3:-}
touch stdout stderr
media=$work/home/Pictures/Nosetip
settings=$work/home/config/nosetip/settings.json

setting() { # NAME VALUE: fails where the saved settings do not have it
  grep -qF "\"$1\": $2" "$settings"
}

opens_on_the_sample_clip_and_keeps_its_settings() {
  start_display 1280 720
  start_app
  wait_for "a face's frame" has View/Time
  click Tab/Overlay
  act_until "numbers among the settings" 'click "Overlay/Point numbers"; sleep 2' \
    setting numbers true
  close_app
  setting numbers true || fail "the settings were lost: $(cat "$settings")"
  start_app
  act_until "the panel" "click Tab/Overlay" has "Overlay/Point numbers"
  close_app
  setting numbers true || fail "the second start lost the settings"
}

every_panel_opens() {
  start_display 1280 720
  start_app
  for panel in Source Tracker Overlay Signals; do
    act_until "items of $panel" "click Tab/$panel" grep -q "\"$panel/" "$work/items.json"
  done
  act_until "the log" "click Tab/Log" has Log/Copy
  click Tab/Performance
  act_until "the list of keys" "key F1" has Help/Close
  act_until "its end" "key Escape" eval '! has Help/Close'
  close_app
}

keys_do_what_the_help_says() {
  start_display 1280 720
  start_app
  wait_for "a clip" has View/Time
  act_until "the pause" "key space" has View/Resume
  act_until "its end" "key space" has View/Pause
  act_until "hidden panels" "key Tab" eval '! has Tab/Source'
  act_until "the panels" "key Tab" has Tab/Source
  act_until "the light theme" "key d; sleep 2" setting theme '"light"'
  close_app
}

the_first() { # PATTERN: the first file of the media folder that it fits
  local files=("$media"/$1)
  [ -s "${files[0]}" ] && echo "${files[0]}"
}

# The clip plays, and its face has been found.
wait_for_a_face() {
  wait_for "a clip" has View/Time
  wait_for "its points" grep -q "First points" "$work/items.json"
}

start_recording() {
  wait_for_a_face
  act_until "the mark" "key r" has View/Recording
}
rows() { # of the table of the first recording
  wc -l <"$(the_first 'recording_*.csv')"
}
has_rows() { # COUNT
  [ "$(rows)" -gt "$1" ]
}

a_screenshot_has_the_frame_its_drawing_and_its_points() {
  start_display 1280 720
  start_app
  wait_for_a_face
  act_until "a screenshot" "key s" the_first 'screenshot_*[0-9].png'
  local drawn clean points
  drawn=$(the_first 'screenshot_*[0-9].png')
  clean=${drawn%.png}_clean.png
  points=${drawn%.png}.json
  [ -s "$clean" ] || fail "no clean picture: $(ls "$media")"
  cmp -s "$drawn" "$clean" && fail "nothing is drawn"
  grep -q '"points' "$points" || fail "no points in $(cat "$points")"
  # A picture of the size of the frame: PNG keeps it in its 17th to 24th byte.
  [ "$(od -An -tu1 -j16 -N8 "$drawn" | xargs)" = "0 0 2 128 0 0 1 224" ] || fail "not 640x480"
  click Tab/Gallery
  act_until "the screenshot in the view" "click 'Gallery/$(basename "$drawn")'" \
    setting source "\"$drawn\""
  close_app
}

a_recording_plays_in_the_app() {
  start_display 1280 720
  start_app
  wait_for_a_face
  act_until "the mark" "click View/Record" has View/Recording
  wait_for "some frames" has_rows 20
  act_until "the end of the recording" "key r" eval '! has View/Recording'
  local video
  video=$(the_first 'recording_*.mp4') || fail "no video: $(ls "$media")"
  click Tab/Gallery
  act_until "the recording in the view" "click 'Gallery/$(basename "$video")'" \
    setting source "\"$video\""
  wait_for "its time" has View/Time
  close_app
}

a_killed_recording_plays() {
  start_display 1280 720
  start_app
  start_recording
  wait_for "two fragments of the video" has_rows 40
  kill -9 "$app_pid"
  wait "$app_pid" 2>/dev/null
  app_pid=
  local video
  video=$(the_first 'recording_*.mp4') || fail "no video: $(ls "$media")"
  start_app "$video"
  wait_for "it in the view" has View/Time
  has "View/Notice Source error" && fail "it does not play"
  close_app
}

closing_ends_a_recording() {
  start_display 1280 720
  start_app
  start_recording
  wait_for "some frames" has_rows 10
  close_app
  local video
  video=$(the_first 'recording_*.mp4') || fail "no video: $(ls "$media")"
  start_app "$video"
  wait_for "it in the view" has View/Time
  close_app
}

a_file_is_chosen_in_the_browser() {
  start_display 1280 720
  mkdir -p clips/inner
  cp "$portrait" clips/inner/portrait.png
  start_app "$portrait"
  act_until "the browser" "key ctrl+o" has Browser/folder
  act_until "the folder" "type_into Browser/folder '$work/clips'" has Browser/inner/
  act_until "the folder in it" "click Browser/inner/" has Browser/portrait.png
  act_until "the picture" "click Browser/portrait.png" \
    setting source "\"$work/clips/inner/portrait.png\""
  close_app
}

a_folder_is_looked_at_file_by_file() {
  start_display 1280 720
  mkdir photos
  cp "$portrait" photos/a.png
  cp "$portrait" photos/b.png
  start_app photos
  wait_for "the list of files" has "Source/File b.png"
  act_until "the second picture" "key Next" has "Source/Source b.png"
  act_until "the first one" "key Prior" has "Source/Source a.png"
  act_until "the second picture" "click 'Source/File b.png'" has "Source/Source b.png"
  close_app
}

serve() { # PORT: 0 for any; its number is in $work/port then
  rm -f "$work/port"
  "$stream_server" "$portrait" "$work/port" "$1" &
  server_pid=$!
  wait_for "the stream" test -s "$work/port"
}

a_stream_that_goes_away_comes_back() {
  start_display 1280 720
  serve 0
  local port
  port=$(cat "$work/port")
  start_app "http://127.0.0.1:$port/"
  wait_for "the stream in the view" has "Source/Status Running"
  wait_for "points" grep -q "First points" "$work/items.json"
  kill -9 "$server_pid"
  wait_for "the notice" grep -q "View/Notice Unavailable" "$work/items.json"
  serve "$port"
  wait_for "the stream again" has "Source/Status Running"
  grep -q "View/Notice" "$work/items.json" && fail "the notice stays"
  close_app
  kill -9 "$server_pid"
}

what_is_not_there_is_said() {
  start_display 1280 720
  start_app "$work/nowhere.mp4"
  wait_for "the notice" has "View/Notice Source error"
  act_until "the clip" "click 'Source/Sample clip'" has View/Time
  close_app
}

broken_settings_are_set_aside() {
  start_display 1280 720
  mkdir -p "$(dirname "$settings")"
  echo '{"version": 1, "loop":' >"$settings"
  start_app
  wait_for "a clip" has View/Time
  close_app
  [ -f "$settings.broken" ] || fail "the broken settings are gone"
  setting version 2 || fail "no new settings: $(cat "$settings")"
}

# A window in which no panel has to scroll.
start_display_for_long_panels() {
  start_display 1400 1300
  mkdir -p "$(dirname "$settings")"
  echo '{"version": 1, "interface": {"window-width": 1380, "window-height": 1280}}' >"$settings"
}

# The app starts the trainer beside itself, at a priority at which it gets no time on a busy machine.
# Here it is a copy beside a trainer of the usual priority.
train_at_usual_priority() {
  mkdir "$work/bin"
  cp "$program" "$work/bin/nosetip"
  ln -s "$(dirname "$program")/samples" "$work/bin/samples"
  printf '#!/bin/sh\nexec "%s/nosetip-train" "$@" --lowered\n' "$(dirname "$program")" \
    >"$work/bin/nosetip-train"
  chmod +x "$work/bin/nosetip-train"
  app=$work/bin/nosetip
}
patience=200

choose_data() {
  click Tab/Training
  click "Training/Model to train"
  click "Training/Model to train=$1"
  act_until "the data in the list" "type_into Training/data '$work/data'" has "Training/Data data"
}

set_epochs() { # COUNT
  type_into Training/Epochs "$1"
}

model_in_use() { # PATTERN
  grep -qE "\"model\": \"(.*/)?$1\"" "$settings"
}

a_model_is_trained_used_and_given_back() {
  train_at_usual_priority
  start_display_for_long_panels
  make_data
  start_app
  wait_for "a clip" has View/Time
  choose_data nose
  set_epochs 4
  act_until "the look at the data" "click 'Training/Inspect data'" has "Training/Stage inspected"
  click "Training/Start training"
  wait_for "the first epochs" has "Training/Losses"
  wait_for "the view going on" has View/Time
  wait_for "its end" has "Training/Stage done"
  has "Training/Epochs 4" || fail "not 4 epochs: $(grep Epochs "$work/items.json")"
  act_until "the new model in use" "click 'Training/Use new model'" \
    model_in_use 'nose-[0-9-]*\.safetensors'
  local kept=("$work"/home/data/nosetip/models/nose-*.safetensors)
  [ -s "${kept[0]}" ] || fail "the new model is not kept"
  act_until "the app's own choice again" "click 'Training/Revert to previous model'" model_in_use auto
  close_app
}

closing_keeps_a_training_that_can_be_resumed() {
  train_at_usual_priority
  start_display_for_long_panels
  make_data
  start_app
  wait_for "a clip" has View/Time
  choose_data nose
  set_epochs 20000
  # The view needs the machine, the training is what this is about.
  act_until "the pause" "key space" has View/Resume
  click "Training/Start training"
  wait_for "some epochs" grep -qE '"Training/Epochs [1-9]' "$work/items.json"
  close_app
  local run=("$work"/home/data/nosetip/runs/nose-*)
  wait_for "the checkpoint" test -s "${run[0]}/last.safetensors"
  start_app
  click Tab/Training
  click "Training/Resume last training"
  wait_for "it to continue" has "Training/Stage training"
  wait_for "what was done before" grep -q '"Training/Epochs [0-9]' "$work/items.json"
  act_until "its stop" "click Training/Stop" has "Training/Stage stopped"
  close_app
}

a_corrected_face_becomes_a_sample() {
  start_display 1280 720
  start_app "$portrait"
  wait_for "its points" grep -q "First points" "$work/items.json"
  act_until "the panel" "click Tab/Teach" has "Teach/Capture frame"
  act_until "the points to correct" "click 'Teach/Capture frame'" has "Teach/Point 30"
  local at
  read -r -a at <<<"$(place "Teach/Point 30")"
  xdotool mousemove --window "$window" "${at[@]}" sleep 0.2 mousedown 1 sleep 0.2 \
    mousemove --window "$window" $((at[0] + 25)) $((at[1] + 15)) sleep 0.2 mouseup 1
  act_until "the sample" "click 'Teach/Save sample'" has "Teach/Samples 1"
  local points=("$work"/home/data/nosetip/samples/sample-*.pts)
  [ "$(grep -c '^[0-9. -]*$' "${points[0]}")" -ge 68 ] || fail "no 68 points in ${points[0]}"
  [ -s "${points[0]%.pts}.png" ] || fail "the sample has no picture"
  close_app
}

without_a_display_it_says_what_to_do() {
  unset DISPLAY WAYLAND_DISPLAY
  run
  expect_code 1
  expect_stderr "cannot open a window"
  expect_stderr "nosetip-track"
}

a_terminated_app_keeps_its_settings() {
  start_display 1280 720
  start_app
  wait_for "a clip" has View/Time
  act_until "the end of the loop" "click View/Loop; sleep 2" setting loop false
  rm "$settings"
  kill -TERM "$app_pid"
  wait "$app_pid"
  app_pid=
  setting loop false || fail "the settings were lost"
}

"$2"
