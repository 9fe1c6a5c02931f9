#!/bin/bash
# Results of nosetip-track while they are made: stream_test.sh PROGRAM CASE.
. "$(dirname "$0")/../support/e2e.sh"

clip=$(dirname "$program")/samples/sample.mp4
track() { run "$clip" --device cpu --threads 1 --max-frames 12 "$@"; }
needs() { # PROGRAM...
  local name
  for name in "$@"; do
    command -v "$name" >/dev/null || { echo "skipped: needs $name"; exit 77; }
  done
}

a_pipe_gets_the_rows_of_the_file() {
  track --csv --jsonl
  expect_code 0
  for form in csv jsonl; do
    track "--$form" - --out "none_$form"
    expect_code 0
    cmp stdout "out/sample.$form" || fail "other rows than in sample.$form"
    expect_stderr "12 frames"
    [ ! -e "none_$form" ] || fail "a folder that nothing is written to"
  done
  track --jsonl - --csv --out both --quiet
  cmp stdout out/sample.jsonl || fail "--quiet changes the rows"
  [ ! -s stderr ] || fail "--quiet writes to stderr"
  cmp both/sample.csv out/sample.csv || fail "a file beside a pipe has other rows"
}

a_table_of_several_inputs_has_one_header() {
  run "$clip" "$portrait" --device cpu --threads 1 --max-frames 2 --csv - --quiet
  expect_code 0
  [ "$(grep -c '^file,frame,' stdout)" = 1 ] || fail "not one header"
  grep -q 'sample.mp4,1,' stdout || fail "no row of the clip"
  grep -q 'astronaut.png,0,' stdout || fail "no row of the picture"
}

a_closed_pipe_ends_quietly() {
  "$program" "$clip" --device cpu --threads 1 --csv - --video 2>stderr | head -1 >stdout
  code=${PIPESTATUS[0]}
  expect_code 0
  [ "$(wc -l <stdout)" = 1 ] || fail "more than one line"
  grep -qiE 'error|warning|pipe' stderr && fail "not quiet"
  [ -s out/sample.mp4 ] || fail "the video was not finished"
}

other_programs_read_the_pipe() {
  needs jq python3
  track --csv
  local expected
  expected=$(awk -F, 'NR > 1 { print $1, $42 + 0 }' out/sample.csv)  # x_30, the tip of the nose
  track --jsonl -
  [ "$(jq -r '"\(.frame) \(.faces[0].points[30][0])"' stdout)" = "$expected" ] ||
    fail "jq: $(jq -r '"\(.frame) \(.faces[0].points[30][0])"' stdout) where $expected was expected"
  [ "$(python3 -c 'import json, sys
for line in sys.stdin:
    frame = json.loads(line)
    print(frame["frame"], frame["faces"][0]["points"][30][0])' <stdout)" = "$expected" ] ||
    fail "Python reads something else"
}

free_port() {
  python3 -c 'import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
wait_for() { # COMMAND...: up to 20 s
  local i
  for ((i = 0; i < 200; ++i)); do
    "$@" && return
    sleep 0.1
  done
  fail "waited too long for: $*"
}
# oscdump on a free port, which is then in $port; what it receives goes to FILE.
start_oscdump() { # FILE
  port=$(free_port)
  oscdump -L "$port" >"$1" &
  oscdump_pids+=" $!"
  wait_for grep -q ":$(printf %04X "$port") " /proc/net/udp /proc/net/udp6
}
has_lines() { # FILE PATTERN COUNT
  [ "$(grep -c -- "$2" "$1")" -ge "$3" ]
}

oscdump_reads_the_values_of_the_csv() {
  needs oscdump python3
  oscdump_pids=
  trap 'kill $oscdump_pids; rm -rf "$work"' EXIT
  start_oscdump face.txt
  local osc=$port
  start_oscdump vmc.txt
  track --osc "localhost:$osc" --vmc "127.0.0.1:$port" --csv
  expect_code 0
  # A busy machine drops some.
  sent=$(sed -n "s/^--osc localhost:$osc: \([0-9]*\) frames sent.*/\1/p" stderr)
  [ "${sent:-0}" -ge 4 ] || fail "hardly any frame was sent"
  wait_for has_lines face.txt '/raw ' "$sent"
  wait_for has_lines vmc.txt 'Blend/Apply' 4
  # Pitch, yaw and roll; the tip of the nose.
  awk -F, 'NR > 1 { printf "%.3f %.3f %.3f\n", $9, $10, $11 }' out/sample.csv >wanted
  awk '$2 == "/pose/orientation" { printf "%.3f %.3f %.3f\n", $4, $5, $6 }' face.txt >got
  same_numbers wanted got 0.002
  awk -F, 'NR > 1 { print $42, $110 }' out/sample.csv >wanted
  awk '$2 == "/raw" { print $64, $65 }' face.txt >got
  same_numbers wanted got 0.002
  # Twice the angle of the head's quaternion is that of its turn.
  awk -F, 'NR > 1 { print cos($9 / 2) * cos($10 / 2) * cos($11 / 2) - sin($9 / 2) * sin($10 / 2) * sin($11 / 2) }' \
    out/sample.csv >wanted
  awk '$2 == "/VMC/Ext/Bone/Pos" && $4 == "\"Head\"" { print $11 }' vmc.txt >got
  same_numbers wanted got 0.002
  grep -q '/VMC/Ext/Blend/Val sf "Blink_L" ' vmc.txt || fail "no blinks: $(head -5 vmc.txt)"
  for address in found position scale mouth/width mouth/height eyebrow/left eyebrow/right eye/left \
    eye/right jaw nostrils; do
    has_lines face.txt "/$address " "$sent" || fail "no $address"
  done
}
# Each line of GOT is one of WANTED.
same_numbers() { # WANTED GOT TOLERANCE
  awk -v tolerance="$3" '
    NR == FNR { rows = NR; n = NF; for (i = 1; i <= NF; ++i) wanted[NR, i] = $i; next }
    { found = 0
      for (row = 1; row <= rows && !found; ++row) {
        found = NF == n
        for (i = 1; i <= NF; ++i) {
          d = $i - wanted[row, i]
          if (d < -tolerance || d > tolerance) found = 0
        }
      }
      if (!found) bad = 1
      ++lines }
    END { exit bad || lines < 4 }' "$1" "$2" || fail "$(paste "$1" "$2")"
}

other_receivers_read_the_values_of_the_csv() {
  needs python3
  local receive="python3 $root/tests/e2e/receive_faces.py"
  $receive openseeface port_a out/sample.csv >faces &
  local a=$!
  $receive opentrack port_b out/sample.csv >poses &
  local b=$!
  wait_for [ -e port_a ]
  wait_for [ -e port_b ]
  track --openseeface "127.0.0.1:$(cat port_a)" --opentrack "127.0.0.1:$(cat port_b)" --csv
  expect_code 0
  wait $a || fail "OpenSeeFace: $(head -5 faces)"
  wait $b || fail "opentrack: $(head -5 poses)"
}

what_is_not_there_is_said_once() {
  track --osc nosetip.invalid:9 --opentrack 127.0.0.1:9 --csv
  expect_code 0
  expect_stderr "warning: --osc nosetip.invalid:9: cannot resolve nosetip.invalid"
  [ "$(grep -c warning stderr)" -le 2 ] || fail "said again and again"
  [ "$(wc -l <out/sample.csv)" = 13 ] || fail "tracking did not go on"
  track --vmc 127.0.0.1
  expect_code 1
  expect_stderr "--vmc is '127.0.0.1'; give HOST:PORT"
  track --osc 127.0.0.1:9 --out none
  [ ! -e none ] || fail "files besides what is sent"
}

# The events of a run, in a browser's stead; the port is free until the program takes it.
the_server_sends_the_rows_of_the_run() {
  needs python3
  "$program" "$clip" --device cpu --threads 1 --max-frames 60 --jsonl --signals --serve "$(free_port)" \
    --quiet >stdout 2>stderr &
  local run=$!
  wait_for grep -q '^serving at http://127.0.0.1:' stderr
  python3 - "$(sed -n 's/^serving at //p' stderr)" >events <<'END' || fail "the server"
import http.client, json, sys, urllib.error, urllib.parse, urllib.request
base = sys.argv[1]
answer = urllib.request.urlopen(base + "events")
assert answer.headers["Content-Type"] == "text/event-stream"
assert "Access-Control-Allow-Origin" not in answer.headers
name, shown = "message", False
try:
    for line in answer:
        line = line.decode().rstrip("\n")
        if line.startswith("event: "):
            name = line[7:]
        elif line.startswith("data: ") and name == "format":
            form = json.loads(line[6:])
            assert (form["width"], form["height"]) == (640, 480), form
        elif line.startswith("data: "):
            print(line[6:])
        elif not line:
            name = "message"
        if line.startswith("data: {\"file") and not shown:
            shown = True
            picture = urllib.request.urlopen(base + "frame.jpg").read()
            assert picture[:2] == b"\xff\xd8", picture[:20]
            assert b"EventSource" in urllib.request.urlopen(base).read()
            try:
                urllib.request.urlopen(urllib.request.Request(base, headers={"Host": "evil.org"}))
                assert False, "a foreign host"
            except urllib.error.HTTPError as error:
                assert error.code == 421, error
except http.client.IncompleteRead:
    pass
assert shown, "no event"
END
  wait $run
  code=$?
  expect_code 0
  [ "$(grep -vxFf out/sample.jsonl events | wc -l)" = 0 ] || fail "an event that is no row"
  [ "$(wc -l <events)" -ge 3 ] || fail "only $(wc -l <events) events"
}

a_port_in_use_is_said_and_tracking_goes_on() {
  needs python3
  python3 -c 'import socket, time
s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen()
open("port", "w").write(str(s.getsockname()[1])); time.sleep(300)' &
  local holder=$!
  wait_for [ -s port ]
  track --serve "$(cat port)" --csv
  kill $holder
  expect_code 0
  expect_stderr "warning: --serve 127.0.0.1:$(cat port): cannot listen there: Address already in use"
  [ "$(wc -l <out/sample.csv)" = 13 ] || fail "tracking did not go on"
  track --serve host:port
  expect_code 1
  expect_stderr "--serve is 'host:port'; give PORT or ADDRESS:PORT"
}

: >stdout
: >stderr
"$2"
