# Sourced by the scripts of tests/e2e, which run one case of a program: SCRIPT PROGRAM CASE. The case
# is a function, called in a folder of its own; exit code 77 skips it.
set -uo pipefail

program=$1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
portrait=$root/assets/samples/astronaut.png
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

fail() {
  echo "FAILED: $*" >&2
  echo "--- stdout"; cat stdout
  echo "--- stderr"; cat stderr
  exit 1
}

# A data set for trainers, made of the sample portrait so that nothing needs to be downloaded: 24
# pictures in data/ with a .pts file each, whose 68 points are made up and stand for a face.
make_data() {
  mkdir data
  for i in $(seq 0 23); do
    cp "$portrait" "data/face$i.png"
    awk -v i="$i" 'BEGIN {
      print "version: 1\nn_points: 68\n{"
      x = 70 + 72 * (i % 6); y = 80 + 90 * int(i / 6)
      for (k = 0; k < 68; ++k) print x + 30 * sin(2.4 * k), y + 30 * cos(1.7 * k)
      print "}" }' >"data/face$i.pts"
  done
}

# Runs the program as given; its exit code is in $code.
run() {
  "$program" "$@" >stdout 2>stderr </dev/null
  code=$?
}

expect_code() { [ "$code" -eq "$1" ] || fail "exit code $code where $1 was expected"; }
expect_stdout() { grep -qF -- "$1" stdout || fail "stdout does not say '$1'"; }
expect_stderr() { grep -qF -- "$1" stderr || fail "stderr does not say '$1'"; }
