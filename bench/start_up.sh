#!/bin/bash
# How long nosetip-track takes from its start until the first row is in its CSV, and until its end
# after that one frame, with its peak of memory: start_up.sh PROGRAM [CLIP] [RUNS] [COLD RUNS].
# Prints medians, warm and, where root may empty the page cache, cold. Needs GNU time (apt-get
# install time).
set -euo pipefail
export LC_ALL=C
program=$(realpath "$1")
clip=${2:-$(dirname "$program")/samples/sample.mp4}
runs=${3:-5}
cold_runs=${4:-$runs}
time=$(type -P time) || { echo "start_up.sh: needs GNU time: apt-get install time" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

run_once() { # FILE: adds seconds to the first row and in all, of user and of system, and the peak in KiB
  local start=$EPOCHREALTIME
  "$time" -o "$work/time" -f '%e %U %S %M' "$program" "$clip" --max-frames 1 --csv --quiet --out "$work/out"
  # The row is the last that is written to the file, so the file knows when.
  local row
  row=$(stat -c %.Y "$work"/out/*.csv)
  rm -r "$work/out"
  echo "$(awk "BEGIN { printf \"%.3f\", $row - $start }") $(cat "$work/time")" >>"$1"
}

median() { # FILE EXPRESSION-OF-AWK
  awk "{ print $2 }" "$1" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

report() { # NAME FILE
  echo "$1: first row after $(median "$2" '$1') s, end after $(median "$2" '$2') s," \
    "$(median "$2" '$3 + $4') s of processor time, peak" \
    "$(median "$2" 'int($5 * 1.024 / 1000 + 0.5)') MB (medians of $(wc -l <"$2"))"
}

echo "$(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1), $(nproc) cores; $clip"
if [ "$cold_runs" -gt 0 ] && [ -w /proc/sys/vm/drop_caches ]; then
  for _ in $(seq "$cold_runs"); do
    sync
    echo 3 >/proc/sys/vm/drop_caches
    run_once "$work/cold"
  done
  report cold "$work/cold"
else
  echo "cold: not run (needs root, to empty the page cache)"
fi
run_once "$work/first"
for _ in $(seq "$runs"); do run_once "$work/warm"; done
report warm "$work/warm"
