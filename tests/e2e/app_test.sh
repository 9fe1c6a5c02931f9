#!/bin/bash
# nosetip in a real window on a virtual display, with real clicks and keys: app_test.sh PROGRAM CASE.
. "$(dirname "$0")/../support/e2e.sh"
. "$root/tests/support/app.sh" || exit 1
trap 'stop_all; rm -rf "$work"' EXIT
app=$program
touch stdout stderr
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

a_file_is_chosen_in_the_browser() {
  start_display 1280 720
  mkdir -p clips/inner
  cp "$portrait" clips/inner/portrait.png
  start_app "$portrait"
  key ctrl+o
  click Browser/folder
  key ctrl+a
  xdotool type --window "$window" "$work/clips"
  key Return
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
