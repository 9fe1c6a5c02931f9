#!/bin/bash
# How long nosetip-track takes from its start to its end after one frame, and its peak of memory:
# start_up.sh PROGRAM [CLIP] [RUNS]. Prints medians, warm and, where root may empty the page cache,
# cold. What it writes is a CSV of the clip's first frame. Needs GNU time (apt-get install time).
set -euo pipefail
program=$(realpath "$1")
clip=${2:-$(dirname "$program")/samples/sample.mp4}
runs=${3:-5}
time=$(type -P time) || { echo "start_up.sh: needs GNU time: apt-get install time" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

run_once() { # FILE: adds seconds in all, of user and of system, and the peak in KiB
  "$time" -a -o "$1" -f '%e %U %S %M' "$program" "$clip" --max-frames 1 --csv --quiet --out "$work/out"
}

median() { # FILE EXPRESSION-OF-AWK
  awk "{ print $2 }" "$1" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

report() { # NAME FILE
  echo "$1: $(median "$2" '$1') s from start to end, $(median "$2" '$2 + $3') s of processor time," \
    "peak $(median "$2" 'int($4 * 1.024 / 1000 + 0.5)') MB (medians of $runs)"
}

echo "$(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1), $(nproc) cores; $clip"
if [ -w /proc/sys/vm/drop_caches ]; then
  for _ in $(seq "$runs"); do
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
