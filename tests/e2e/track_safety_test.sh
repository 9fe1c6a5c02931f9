#!/bin/bash
# nosetip-track with hostile inputs and on a hostile system: track_safety_test.sh PROGRAM CASE.
. "$(dirname "$0")/../support/e2e.sh"

track() { run --device cpu --threads 1 "$@"; }

# COUNT pictures frames/f_0.png ...
make_sequence() {
  mkdir -p frames
  for ((i = 0; i < $1; ++i)); do ln -s "$portrait" "frames/f_$i.png"; done
}

# Starts the program beside this script, as a user's shell does; its number is in $pid.
start() { # ARGUMENT...
  "$program" --device cpu --threads 1 "$@" >stdout 2>stderr </dev/null &
  pid=$!
}

wait_for() { # CONDITION: until it holds or the program has ended
  until eval "$1"; do
    kill -0 "$pid" 2>/dev/null || fail "ended before $1"
    sleep 0.05
  done
}

# Every row has as many fields as the header, and the last one is whole.
expect_rows_are_whole() { # FILE
  awk -F, 'NR == 1 { n = NF } NF != n { exit 1 }' "$1" || fail "$1 has a broken row"
  [ -z "$(tail -c 1 "$1")" ] || fail "$1 ends in the middle of a row"
}

# Four bytes, the most significant first.
number() { printf "\\x$(printf %02x $(($1 >> 24 & 255)))\\x$(printf %02x $(($1 >> 16 & 255)))\
\\x$(printf %02x $(($1 >> 8 & 255)))\\x$(printf %02x $(($1 & 255)))"; }

a_picture_that_is_too_large_does_not_stop_the_others() {
  mkdir pictures
  cp "$portrait" pictures/a.png
  { printf 'P5 33000 4 255\n'; head -c 132000 /dev/zero; } >pictures/b_wide.pgm
  { printf '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'; number 60000; number 60000; printf '\x08\2\0\0\0'; } \
    >pictures/c_huge.png
  printf 'P5 32000 32000 255\n' >pictures/d_sparse.pgm
  truncate -s 1024000019 pictures/d_sparse.pgm
  cp "$portrait" pictures/e.png
  track pictures --csv --video
  expect_code 1
  for name in b_wide.pgm c_huge.png d_sparse.pgm; do
    grep -q "$name.*make it smaller" stderr || fail "$name is not named"
  done
  expect_stdout '2 pictures, 2 with a face'
  [ "$(grep -c . out/pictures.csv)" -eq 3 ] || fail "not a row for each of the others"
  [ -f out/a.png ] && [ -f out/e.png ] || fail "an overlay is missing"
}

a_cut_jpeg_is_said() {
  local jpeg=$root/docs/tracking.jpg
  head -c $(($(stat -c %s "$jpeg") / 3)) "$jpeg" >cut.jpg
  printf '\xff\xd9' >>cut.jpg
  track cut.jpg --csv
  expect_code 0
  expect_stderr 'warning: cut.jpg'
  expect_stderr damaged
  track "$jpeg" --csv
  expect_code 0
  grep -q warning stderr && fail "a whole picture is called damaged"
  return 0
}

pipes_and_devices_are_refused_at_once() {
  mkfifo pipe pipe.ntm pipe.csv
  local refused='not a regular file'
  for arguments in "pipe --csv" "$portrait --csv --model pipe.ntm" "$portrait --csv --detector pipe" \
    "$portrait --csv --model /dev/zero" \
    "$(dirname "$program")/samples/sample.mp4 --stability --camera-path pipe.csv"; do
    # shellcheck disable=SC2086  # words
    timeout 60 "$program" --device cpu --threads 1 $arguments >stdout 2>stderr </dev/null
    code=$?
    expect_code 1
    expect_stderr "$refused"
  done
}

names_do_not_control_the_terminal() {
  local name=$'a\e]0;owned\a\e[31m'
  cp "$portrait" "$name.png"
  track "$name.png" $'missing\e[2J.png' --csv --pts
  expect_code 1
  expect_stdout '\x1b]0;owned\x07\x1b[31m.png'
  expect_stderr 'missing\x1b[2J.png'
  track --no-such$'\e'option
  grep -q $'[\e\a]' stdout stderr && fail "a control character reaches the terminal"
  return 0
}

passwords_are_masked() {
  track 'rtsp://me:s3cret@127.0.0.1:1/live' 'http://127.0.0.1:1/v?user=me&pwd=s3cret' --csv
  expect_code 1
  expect_stderr 'rtsp://me:***@127.0.0.1:1/live'
  grep -rq s3cret stdout stderr out 2>/dev/null && fail "a password is shown"
  return 0
}

two_runs_do_not_mix() {
  make_sequence 2000
  start frames/f_%d.png --csv --pts
  wait_for '[ -s out/f.csv.part ]'
  for kinds in "--csv" "--pts" "--video"; do
    "$program" --device cpu --threads 1 frames/f_%d.png $kinds --max-frames 3 >second 2>&1
    [ $? -eq 1 ] || fail "a second run with $kinds: $(cat second)"
    grep -q "is being written by process $pid" second || fail "$(cat second)"
  done
  kill -TERM "$pid"
  wait "$pid"
  code=$?
  expect_code 130
  expect_rows_are_whole out/f.csv
}

a_link_in_place_of_a_part_is_not_followed() {
  mkdir out
  echo precious >precious
  ln -s "$PWD/precious" out/astronaut.csv.part
  track "$portrait" --csv
  expect_code 0
  [ "$(cat precious)" = precious ] || fail "a file behind a link was overwritten"
}

# As one file system of 1 MB, which needs root.
a_full_disk_keeps_the_rows_so_far() {
  mkdir out
  mount -t tmpfs -o size=1m tmpfs out 2>/dev/null || {
    echo "mounting a small file system needs root"
    exit 77
  }
  trap 'umount "$work/out"; rm -rf "$work"' EXIT
  make_sequence 2000
  track frames/f_%d.png --csv --jsonl
  expect_code 1
  expect_stderr 'the disk is full'
  expect_stderr 'What was written before is in out/f.'
  expect_rows_are_whole out/f.csv.part
  [ "$(wc -l <out/f.csv.part)" -gt 10 ] || fail "only $(wc -l <out/f.csv.part) rows are left"
  tail -n 1 out/f.jsonl.part | grep -q '}$' || fail "half a line of JSON"
}

a_removed_folder_is_called_that() {
  make_sequence 2000
  start frames/f_%d.png --csv --video
  wait_for '[ -s out/f.csv.part ]'
  rm -r out
  kill -TERM "$pid"
  wait "$pid"
  expect_stderr 'there is no folder out'
  grep -q 'disk is full' stderr && fail "a removed folder is called a full disk"
  return 0
}

# Threads that cannot start end the run. The limit counts all processes of a user, so it takes one
# that has none.
too_few_threads_end_the_run() {
  command -v setpriv >/dev/null && [ "$(id -u)" -eq 0 ] || {
    echo "a user without processes needs root and setpriv"
    exit 77
  }
  chmod 755 "$work"
  cp "$(dirname "$program")/samples/sample.mp4" clip.mp4
  mkdir -m 777 out
  setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$program" || {
    echo "the program is out of reach of another user"
    exit 77
  }
  local failed=0
  for processes in 1 2 3 4 5 6 7 8 9 10; do
    timeout 120 setpriv --reuid=65534 --regid=65534 --clear-groups \
      prlimit --nproc=$processes "$program" --device cpu --threads 1 --max-frames 3 clip.mp4 --csv \
      >stdout 2>stderr </dev/null
    code=$?
    # OpenBLAS gives up by itself before the program begins.
    [ $code -eq 0 ] || grep -q OpenBLAS stderr && continue
    expect_code 1
    failed=$((failed + 1))
    expect_stderr error
  done
  [ $failed -gt 0 ] || fail "no limit was low enough"
}

# NOSETIP_KILLS times at a random moment: never a file that is wrong, never an earlier one lost; the
# video and the rows so far can be read.
killed_at_any_moment_it_leaves_whole_files() {
  make_sequence 60
  track frames/f_%d.png --csv --jsonl --video --out whole
  expect_code 0
  local took_ms
  took_ms=$(($(date +%s%N) / 1000000))
  track frames/f_%d.png --csv --jsonl --video
  took_ms=$(($(date +%s%N) / 1000000 - took_ms))
  local played=0
  for ((round = 0; round < ${NOSETIP_KILLS:-10}; ++round)); do
    rm -f out/*
    [ $((round % 2)) -ne 0 ] || cp whole/f.* out  # with and without earlier files
    start frames/f_%d.png --csv --jsonl --video
    sleep "$(awk -v ms=$took_ms -v r=$RANDOM 'BEGIN { print 1.1 * ms / 1000 * r / 32768 }')"
    kill -KILL "$pid"
    wait "$pid" 2>/dev/null
    for name in f.csv f.jsonl f.mp4; do
      if [ -e "out/$name" ]; then
        cmp -s "out/$name" "whole/$name" || fail "out/$name is wrong"
      elif [ $((round % 2)) -eq 0 ]; then
        fail "an earlier out/$name is lost"
      fi
    done
    for name in out/f.csv.part out/f.jsonl.part; do
      # Linux stops a write that crosses a page there; such a row has no line end.
      [ ! -s $name ] || [ -z "$(tail -c 1 $name)" ] || sed -i '$d' $name
    done
    [ ! -s out/f.csv.part ] || expect_rows_are_whole out/f.csv.part
    [ ! -s out/f.jsonl.part ] || [ -z "$(grep -v '^{.*}$' out/f.jsonl.part)" ] || fail "half a line"
    [ -e out/f.mp4.part ] && [ "$(stat -c %s out/f.mp4.part)" -gt 4000 ] || continue
    track out/f.mp4.part --csv --out played
    expect_code 0
    [ "$(wc -l <played/f.mp4.csv)" -gt 1 ] || fail "the video so far has no frames"
    played=$((played + 1))
  done
  echo "$played of the videos so far were played"
}

: >stdout
: >stderr
"$2"
