#!/bin/bash
# nosetip in a real window on a virtual display, with real clicks and keys: app_test.sh PROGRAM CASE.
. "$(dirname "$0")/../support/e2e.sh"
. "$root/tests/support/app.sh" || exit 1
trap 'stop_all; rm -rf "$work"' EXIT
app=$program
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
  click Overlay/Numbers
  click Tab/Log
  wait_for "numbers among the settings" setting numbers true
  close_app
  setting numbers true || fail "the settings were lost: $(cat "$settings")"
  start_app
  click Tab/Overlay
  wait_for Overlay/Numbers has Overlay/Numbers
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
  wait_for "the pause" has "View/Go on"
  key space
  wait_for "the going on" has View/Pause
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
  has "View/Notice Cannot be shown" && fail "it does not play"
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

what_is_not_there_is_said() {
  start_display 1280 720
  start_app "$work/nowhere.mp4"
  wait_for "the notice" has "View/Notice Cannot be shown"
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

without_a_display_it_says_what_to_do() {
  unset DISPLAY WAYLAND_DISPLAY
  run
  expect_code 1
  expect_stderr "no window can be opened"
  expect_stderr "nosetip-track"
}

a_terminated_app_keeps_its_settings() {
  start_display 1280 720
  start_app
  wait_for "a clip" has View/Time
  click View/Loop
  kill -TERM "$app_pid"
  wait "$app_pid"
  app_pid=
  setting loop false || fail "the settings were lost"
}

"$2"
