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

# Runs the program as given; its exit code is in $code.
run() {
  "$program" "$@" >stdout 2>stderr </dev/null
  code=$?
}

expect_code() { [ "$code" -eq "$1" ] || fail "exit code $code where $1 was expected"; }
expect_stdout() { grep -qF -- "$1" stdout || fail "stdout does not say '$1'"; }
expect_stderr() { grep -qF -- "$1" stderr || fail "stderr does not say '$1'"; }
