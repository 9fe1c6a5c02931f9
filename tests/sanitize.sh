#!/bin/bash
# Builds with sanitizers and runs the whole suite:
#   tests/sanitize.sh asan|tsan [arguments of ctest]
# asan: memory errors, leaks and undefined behavior; tsan: data races. Prints the time it took.
set -euo pipefail
cd "$(dirname "$0")/.."
case "${1:-}" in
  asan | tsan) preset=$1; shift ;;
  *) sed -n '2,4s/^# //p' "$0" >&2; exit 2 ;;
esac

SECONDS=0
cmake --preset "$preset"
cmake --build --preset "$preset"
echo "built in $((SECONDS / 60)) min"
status=0
ctest --preset "$preset" "$@" || status=$?
echo "$preset: $((SECONDS / 60)) min with the build; exit code $status"
exit $status
