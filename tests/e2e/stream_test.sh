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

: >stdout
: >stderr
"$2"
