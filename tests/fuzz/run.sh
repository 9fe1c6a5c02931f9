#!/bin/bash
# Fuzzes each parser and prints a line for it: executions, edges covered, findings.
#   tests/fuzz/run.sh SECONDS [TARGET...]        for so long each
#   tests/fuzz/run.sh --runs N [TARGET...]       so many executions each
# Needs clang with its libFuzzer (Debian: clang). An input that ends a parser is put into the
# target's folder of tests/fuzz/corpus, where ctest replays it from then on.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
corpus=$root/tests/fuzz/corpus
build=${NOSETIP_FUZZ_BUILD:-$root/build-fuzz}

if [ "${1:-}" = --runs ]; then
  limit=-runs=${2:?the number of executions}
  shift 2
else
  limit=-max_total_time=${1:?seconds for each target}
  shift
fi
if [ $# -eq 0 ]; then
  mapfile -t targets < <(ls "$corpus")
else
  targets=("$@")
fi

compiler=""
for name in clang++-16 clang++-19 clang++; do
  compiler=$(command -v "$name") && break
done
[ -n "$compiler" ] || { echo "needs clang 16 or later: apt-get install clang-16" >&2; exit 1; }
mkdir -p "$build"
cmake -S "$root" -B "$build" -G Ninja -DNOSETIP_FUZZ=ON -DNOSETIP_UNITY=OFF -DCMAKE_CXX_COMPILER="$compiler" \
  -DCMAKE_BUILD_TYPE=RelWithDebInfo >"$build/build.log" 2>&1 &&
  cmake --build "$build" >>"$build/build.log" 2>&1 ||
  { tail -30 "$build/build.log"; exit 1; }

findings=0
printf '%-18s %12s %8s %9s\n' target executions edges findings
for target in "${targets[@]}"; do
  work=$build/work/$target
  mkdir -p "$work/new" "$work/found"
  status=0
  # New inputs go to the build folder: the corpus in the tree stays small.
  "$build/fuzz_$target" "$limit" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
    -print_final_stats=1 -artifact_prefix="$work/found/" "$work/new" "$corpus/$target" \
    >"$work/log" 2>&1 || status=1
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$work/log" || true)
  edges=$(grep -oE 'cov: [0-9]+' "$work/log" | tail -1 | cut -d' ' -f2) || true
  found=$(find "$work/found" -type f | wc -l)
  printf '%-18s %12s %8s %9s\n' "$target" "${executions:-?}" "${edges:-?}" "$found"
  if [ $status -ne 0 ] || [ "$found" -gt 0 ]; then
    findings=1
    grep -m3 -E 'ERROR|SUMMARY|terminate|what\(\)|runtime error' "$work/log" || tail -5 "$work/log"
    find "$work/found" -type f -exec mv {} "$corpus/$target/" \;
  fi
done
exit $findings
