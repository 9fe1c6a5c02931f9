# For tests that use the live app's window: source it after e2e.sh, with $app set to the program.
# A test's display, window and settings are its own.

# A display of this size; DISPLAY names it.
start_display() { # WIDTH HEIGHT
  command -v Xvfb >/dev/null && command -v xdotool >/dev/null ||
    fail "Xvfb or xdotool is missing; third_party/install.sh test installs them"
  mkdir -p "$work/home"
  export HOME=$work/home XDG_CONFIG_HOME=$work/home/config XDG_DATA_HOME=$work/home/data
  export LIBGL_ALWAYS_SOFTWARE=1
  unset WAYLAND_DISPLAY
  # It writes the number of a free display to the file descriptor.
  Xvfb -displayfd 3 -screen 0 "$1x$2x24" -nolisten tcp 3>"$work/display" >"$work/xvfb.log" 2>&1 &
  display_pid=$!
  wait_for "a display" test -s "$work/display"
  DISPLAY=:$(cat "$work/display")
  export DISPLAY
}

start_app() { # ARGS...
  rm -f "$work/items.json"
  "$app" --item-map "$work/items.json" "$@" >"$work/app.out" 2>"$work/app.err" &
  app_pid=$!
  wait_for "the window" test -s "$work/items.json"
  window=$(xdotool search --pid "$app_pid" --name Nosetip | head -1)
  [ -n "$window" ] || fail "no window of the app"
  xdotool windowfocus --sync "$window"
}

stop_all() {
  [ -z "${app_pid:-}" ] || kill -9 "$app_pid" 2>/dev/null
  [ -z "${server_pid:-}" ] || kill -9 "$server_pid" 2>/dev/null
  [ -z "${display_pid:-}" ] || kill "$display_pid" 2>/dev/null
}

# Waits up to 120 s, or $patience, until the command succeeds.
wait_for() { # WHAT COMMAND...
  local what=$1 until=$((SECONDS + ${patience:-120}))
  shift
  until "$@" >/dev/null 2>&1; do
    [ -z "${app_pid:-}" ] || kill -0 "$app_pid" 2>/dev/null ||
      fail "the app has ended while waiting for $what: $(cat "$work/app.err")"
    [ $SECONDS -le $until ] || fail "waited in vain for $what"
    sleep 0.1
  done
}

# Repeats an act until the command succeeds: a busy machine draws so few frames that a key which is
# pressed and released between two of them is not seen. Waits longer each time, as an act that is
# only late must not be repeated, least of all one that its repetition undoes.
act_until() { # WHAT ACT COMMAND...
  local what=$1 act=$2 until=$((SECONDS + ${patience:-120})) wait=5 acting=1 again
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -le $until ] || fail "acted in vain for $what"
    eval "$act"
    again=$((SECONDS + wait))
    wait=$((2 * wait))
    until "$@" >/dev/null 2>&1 || [ $SECONDS -gt $again ]; do
      [ -z "${app_pid:-}" ] || kill -0 "$app_pid" 2>/dev/null ||
        fail "the app has ended while waiting for $what: $(cat "$work/app.err")"
      sleep 0.1
    done
  done
}

place() { # ITEM: "x y" of its middle
  awk -v item="\"$1\": [" 'index($0, item) == 1 {
      split(substr($0, length(item) + 1), n, /[],]/)
      printf "%d %d\n", n[1] + n[3] / 2, n[2] + n[4] / 2
    }' "$work/items.json"
}
has() { # ITEM
  [ -n "$(place "$1")" ]
}

click() { # ITEM
  # What is repeated must not wait for what its last time has closed.
  [ -z "${acting:-}" ] || has "$1" || return 0
  wait_for "$1" has "$1"
  local at before=
  # What has just opened may move once more.
  until at=$(place "$1") && [ "$at" = "$before" ]; do
    before=$at
    sleep 0.3
  done
  # shellcheck disable=SC2086
  xdotool mousemove --window "$window" $at sleep 0.15 mousedown 1 sleep 0.1 mouseup 1
}

key() { # KEYS...: by X's names
  xdotool key --window "$window" --clearmodifiers "$@"
}

# For keys that Dear ImGui reads itself: before 1.87 it sees only those that are down while a frame
# is drawn.
hold_key() { # KEY
  xdotool keydown --window "$window" "$1" sleep 0.4 keyup --window "$window" "$1"
}

# Replaces the text of a field and ends it with Return.
type_into() { # ITEM TEXT
  click "$1"
  sleep 0.3
  xdotool key --window "$window" ctrl+a
  xdotool type --window "$window" --delay 60 "$2"
  sleep 0.3
  hold_key Return
}

# Fails where the app does not end by itself.
close_app() {
  local closing=$app_pid
  app_pid=
  act_until "the app to close" "key ctrl+q" eval "! kill -0 $closing"
  wait "$closing" || fail "the app ended with $?: $(cat "$work/app.err")"
}
