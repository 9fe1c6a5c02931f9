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
  click "Overlay/Point numbers"
  click Tab/Log
  wait_for "numbers among the settings" setting numbers true
  close_app
  setting numbers true || fail "the settings were lost: $(cat "$settings")"
  start_app
  click Tab/Overlay
  wait_for "Overlay/Point numbers" has "Overlay/Point numbers"
  close_app
  setting numbers true || fail "the second start lost the settings"
}

every_panel_opens() {
  start_display 1280 720
  start_app
  for panel in Source Tracker Overlay; do
    click Tab/$panel
    wait_for "items of $panel" grep -q "\"$panel/" "$work/items.json"
  done
  click Tab/Log
  wait_for "the log" has Log/Copy
  click Tab/Performance
  key F1
  wait_for "the list of keys" has Help/Close
  key Escape
  wait_for "its end" eval '! has Help/Close'
  close_app
}

keys_do_what_the_help_says() {
  start_display 1280 720
  start_app
  wait_for "a clip" has View/Time
  key space
  wait_for "the pause" has View/Resume
  key space
  wait_for "its end" has View/Pause
  key Tab
  wait_for "hidden panels" eval '! has Tab/Source'
  key Tab
  wait_for "the panels" has Tab/Source
  key d
  wait_for "the light theme" setting theme '"light"'
  close_app
}

the_only() { # PATTERN: the one file of the media folder that it fits
  local files=("$media"/$1)
  [ ${#files[@]} -eq 1 ] && [ -s "${files[0]}" ] && echo "${files[0]}"
}

a_screenshot_has_the_frame_its_drawing_and_its_points() {
  start_display 1280 720
  start_app
  wait_for "a clip" has View/Time
  sleep 1
  key s
  wait_for "a screenshot" the_only 'screenshot_*[0-9].png'
  local drawn clean points
  drawn=$(the_only 'screenshot_*[0-9].png')
  clean=$(the_only 'screenshot_*_clean.png') || fail "no clean picture: $(ls "$media")"
  points=$(the_only 'screenshot_*.json') || fail "no points: $(ls "$media")"
  cmp -s "$drawn" "$clean" && fail "nothing is drawn"
  grep -q '"points' "$points" || fail "no points in $(cat "$points")"
  # A picture of the size of the frame: PNG keeps it in its 17th to 24th byte.
  [ "$(od -An -tu1 -j16 -N8 "$drawn" | xargs)" = "0 0 2 128 0 0 1 224" ] || fail "not 640x480"
  click Tab/Gallery
  click "Gallery/$(basename "$drawn")"
  wait_for "the screenshot in the view" setting source "\"$drawn\""
  close_app
}

a_recording_plays_in_the_app() {
  start_display 1280 720
  start_app
  wait_for "a clip" has View/Time
  click View/Record
  wait_for "the mark" has View/Recording
  sleep 3
  key r
  wait_for "the end of the recording" eval '! has View/Recording'
  local video table
  wait_for "a recording" the_only 'recording_*.mp4'
  video=$(the_only 'recording_*.mp4')
  table=$(the_only 'recording_*.csv') || fail "no table: $(ls "$media")"
  [ "$(wc -l <"$table")" -gt 5 ] || fail "the table has $(wc -l <"$table") lines"
  click Tab/Gallery
  click "Gallery/$(basename "$video")"
  wait_for "the recording in the view" setting source "\"$video\""
  wait_for "its time" has View/Time
  close_app
}

a_killed_recording_plays() {
  start_display 1280 720
  start_app
  wait_for "a clip" has View/Time
  key r
  wait_for "the mark" has View/Recording
  sleep 4
  kill -9 "$app_pid"
  wait "$app_pid" 2>/dev/null
  app_pid=
  local video
  video=$(the_only 'recording_*.mp4') || fail "no video: $(ls "$media")"
  start_app "$video"
  wait_for "it in the view" has View/Time
  has "View/Notice Source error" && fail "it does not play"
  close_app
}

closing_ends_a_recording() {
  start_display 1280 720
  start_app
  wait_for "a clip" has View/Time
  key r
  wait_for "the mark" has View/Recording
  sleep 2
  close_app
  the_only 'recording_*.mp4' >/dev/null || fail "no video: $(ls "$media")"
  [ "$(wc -l <"$(the_only 'recording_*.csv')")" -gt 3 ] || fail "no rows"
}

a_file_is_chosen_in_the_browser() {
  start_display 1280 720
  mkdir -p clips/inner
  cp "$portrait" clips/inner/portrait.png
  start_app "$portrait"
  key ctrl+o
  click Browser/folder
  sleep 0.3
  xdotool type --window "$window" --delay 60 "$work/clips"
  sleep 0.3
  hold_key Return
  click Browser/inner/
  click Browser/portrait.png
  wait_for "the picture" setting source "\"$work/clips/inner/portrait.png\""
  close_app
}

a_folder_is_looked_at_file_by_file() {
  start_display 1280 720
  mkdir photos
  cp "$portrait" photos/a.png
  cp "$portrait" photos/b.png
  start_app photos
  wait_for "the list of files" has "Source/File b.png"
  key Next
  wait_for "the second picture" has "Source/Source b.png"
  key Prior
  wait_for "the first one" has "Source/Source a.png"
  click "Source/File b.png"
  wait_for "the second picture" has "Source/Source b.png"
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
  click "Source/Sample clip"
  wait_for "the clip" has View/Time
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
  setting version 1 || fail "no new settings: $(cat "$settings")"
}

# A window in which no panel has to scroll.
start_display_for_long_panels() {
  start_display 1400 1300
  mkdir -p "$(dirname "$settings")"
  echo '{"version": 1, "interface": {"window-width": 1380, "window-height": 1280}}' >"$settings"
}

# A training has the lowest priority: on a busy machine it takes its time.
patience=200

choose_data() {
  click Tab/Training
  click "Training/Model to train"
  click "Training/Model to train=$1"
  click Training/data
  sleep 0.3
  xdotool type --window "$window" --delay 60 "$work/data"
  sleep 0.3
  hold_key Return
  wait_for "the data in the list" has "Training/Data data"
}

set_epochs() { # COUNT
  click Training/Epochs
  sleep 0.3
  xdotool key --window "$window" ctrl+a
  xdotool type --window "$window" --delay 60 "$1"
  hold_key Return
}

model_in_use() { # PATTERN
  grep -qE "\"model\": \"(.*/)?$1\"" "$settings"
}

a_model_is_trained_used_and_given_back() {
  start_display_for_long_panels
  make_data
  start_app
  wait_for "a clip" has View/Time
  choose_data nose
  set_epochs 4
  click "Training/Inspect data"
  wait_for "the look at the data" has "Training/Stage inspected"
  click "Training/Start training"
  wait_for "the first epochs" has "Training/Losses"
  wait_for "the view going on" has View/Time
  wait_for "its end" has "Training/Stage done"
  has "Training/Epochs 4" || fail "not 4 epochs: $(grep Epochs "$work/items.json")"
  click "Training/Use new model"
  wait_for "the new model in use" model_in_use 'nose-[0-9-]*\.safetensors'
  local kept=("$work"/home/data/nosetip/models/nose-*.safetensors)
  [ -s "${kept[0]}" ] || fail "the new model is not kept"
  click "Training/Revert to previous model"
  wait_for "the app's own choice again" model_in_use auto
  close_app
}

closing_keeps_a_training_that_can_be_resumed() {
  start_display_for_long_panels
  make_data
  start_app
  wait_for "a clip" has View/Time
  choose_data nose
  set_epochs 20000
  key space  # the view needs the machine, the training is what this is about
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
  click Training/Stop
  wait_for "its stop" has "Training/Stage stopped"
  close_app
}

a_corrected_face_becomes_a_sample() {
  start_display 1280 720
  start_app "$portrait"
  click Tab/Teach
  wait_for "a face" has "Teach/Capture frame"
  sleep 1
  click "Teach/Capture frame"
  wait_for "its points" has "Teach/Point 30"
  local at
  read -r -a at <<<"$(place "Teach/Point 30")"
  xdotool mousemove --window "$window" "${at[@]}" sleep 0.2 mousedown 1 sleep 0.2 \
    mousemove --window "$window" $((at[0] + 25)) $((at[1] + 15)) sleep 0.2 mouseup 1
  click "Teach/Save sample"
  wait_for "the sample" has "Teach/Samples 1"
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
  click View/Loop
  sleep 2
  kill -TERM "$app_pid"
  wait "$app_pid"
  app_pid=
  setting loop false || fail "the settings were lost"
}

"$2"
