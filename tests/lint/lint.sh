#!/bin/bash
# Rules of the house that a compiler does not check: lint.sh CASE [ROOT].
# Exit code 77 skips the case.
set -uo pipefail
lint=$(realpath "$0")
root=${2:-$(cd "$(dirname "$0")/../.." && pwd)}
cd "$root" || exit 1
failures=0

complain() {
  echo "$*"
  failures=$((failures + 1))
}

sources() { # FOLDER...
  find "$@" -type f \( -name '*.cpp' -o -name '*.h' \) 2>/dev/null | sort
}

includes() { # FILE: what it includes, without <> or ""
  sed -n 's/^ *# *include *[<"]\([^>"]*\)[>"].*/\1/p' "$1"
}

# No file of the folders may include what matches the pattern.
forbid() { # PATTERN REASON FOLDER...
  local pattern=$1 reason=$2 file hit
  shift 2
  for file in $(sources "$@"); do
    hit=$(includes "$file" | grep -E -m1 "$pattern") && complain "$file includes $hit: $reason"
  done
}

reaches() { # HEADER: every file of the project that it includes, itself first
  local queue=("$1") seen=" " file
  while [ ${#queue[@]} -gt 0 ]; do
    file=${queue[0]}
    queue=("${queue[@]:1}")
    case "$seen" in *" $file "*) continue ;; esac
    seen+="$file "
    [ -f "$file" ] || continue
    echo "$file"
    mapfile -t -O ${#queue[@]} queue < <(includes "$file" | grep -E '^(tracker|training|gui)/')
  done
}

include_rules() { # docs/architecture.md, "Who may include whom"
  local torch='^(torch|ATen|c10)/' opencv='^opencv2/' window='^(GLFW|GL|imgui)'
  local file hit
  for file in $(sources tracker/core); do
    hit=$(includes "$file" | grep -v '^tracker/core/' | grep -E -m1 '[./]') &&
      complain "$file includes $hit: core is built on the standard library alone"
  done
  forbid "$torch" 'LibTorch stays in tracker/model and training' tracker/vision tracker/live \
    tracker/output tracker/cli tracker/main.cpp training/datasets training/report training/scenes gui
  forbid "$opencv" 'OpenCV stays in tracker/vision and training/{datasets,report,scenes}' \
    tracker/model tracker/live tracker/output tracker/cli tracker/main.cpp gui
  for file in $(sources training | grep -vE '^training/(datasets|report|scenes)/'); do
    hit=$(includes "$file" | grep -E -m1 "$opencv") &&
      complain "$file includes $hit: OpenCV stays in training/{datasets,report,scenes}"
  done
  forbid "$window" 'windows stay in gui' tracker training
  forbid "$window" 'what is saved needs no window' gui/media
  forbid '^lib(av|sw)' 'FFmpeg stays in tracker/vision' tracker/core tracker/model tracker/live \
    tracker/output tracker/cli tracker/main.cpp training gui
  forbid '^tracker/(model|live|output|cli)/|^(training|gui)/' 'vision knows core only' tracker/vision
  forbid '^tracker/(vision|live|output|cli)/|^(training|gui)/' 'model knows core only' tracker/model
  forbid '^tracker/(vision|model|live|cli)/|^(training|gui)/' 'output knows core only' \
    tracker/output
  forbid '^tracker/(output|cli)/|^(training|gui)/' 'live knows core, vision and model' tracker/live
  forbid '^gui/' 'nothing includes the app' tracker training
  for file in $(sources bench); do
    hit=$(includes "$file" | grep '^gui/' | grep -vxm1 'gui/platform/frame_texture.h') &&
      complain "$file includes $hit: the benchmarks know the app's texture alone"
  done
  forbid '^bench/' 'only their tests include the benchmarks' tracker training gui
  for file in $(sources gui | grep -v '^gui/platform/'); do
    hit=$(includes "$file" | grep -E -m1 '^(GLFW|GL|backends)/') &&
      complain "$file includes $hit: GLFW and OpenGL stay in gui/platform"
  done
  forbid '^gui/platform/' 'panels know no window' gui/panels
  forbid '^(gui/(panels|app)|tracker/(vision|model|live|output))' 'the platform knows core only' \
    gui/platform
  # Headers that the app may include must not reach LibTorch.
  for header in tracker/model/landmarker.h tracker/tracking/tracker.h tracker/live/live_session.h training/landmarks/trainer.h \
    training/data/pack.h training/evaluation/evaluate.h training/report/sample_views.h training/report/training_views.h \
    gui/training_job/*.h; do
    for file in $(reaches "$header"); do
      hit=$(includes "$file" | grep -E -m1 "$torch") &&
        complain "$header reaches $hit through $file: it must stay free of LibTorch"
    done
  done
}

# The rules must be able to fail.
include_rules_catch_violations() {
  work=$(mktemp -d)  # not local: the trap outlives the function
  trap 'rm -rf "$work"' EXIT
  local name=$work/tree
  try() { # FILE LINE: a tree with this one file and line breaks a rule
    rm -rf "$name"
    mkdir -p "$name/$(dirname "$1")"
    echo "$2" >"$name/$1"
    "$lint" include_rules "$name" >"$work/said" && complain "not caught: $1 with $2"
    grep -q "^$1" "$work/said" || complain "not named: $1"
  }
  try tracker/core/a.h '#include <opencv2/core.hpp>'
  try tracker/core/a.h '#include "tracker/vision/overlay.h"'
  try tracker/vision/a.cpp '#include <torch/torch.h>'
  try tracker/model/a.cpp '#include <opencv2/core.hpp>'
  try tracker/output/a.cpp '#include "tracker/tracking/tracker.h"'
  try training/a.cpp '#include <opencv2/core.hpp>'
  try training/scenes/a.cpp '#include <torch/torch.h>'
  try tracker/vision/a.cpp '#include <GLFW/glfw3.h>'
  try training/landmarks/trainer.h '#include <torch/torch.h>'
  try gui/panels/a.cpp '#include <GLFW/glfw3.h>'
  try gui/panels/a.cpp '#include "gui/platform/window.h"'
  try gui/app.cpp '#include <opencv2/core.hpp>'
  try tracker/core/a.h '#include "bench/made_up_face.h"'
  try bench/a.cpp '#include "gui/app.h"'
  try tracker/live/a.cpp '#include <libavformat/avformat.h>'
}

format() {
  # Versions of clang-format differ in small things; the project is formatted by 14.
  local version
  version=$(clang-format --version 2>/dev/null | grep -oE '[0-9]+' | head -1)
  if [ "$version" != 14 ]; then
    echo "skipped: needs clang-format 14, here is '${version:-none}'"
    exit 77
  fi
  local file
  for file in $(sources tracker training gui tests assets bench); do
    clang-format --dry-run -Werror "$file" 2>/dev/null || complain "$file is not formatted"
  done
}

sizes() {
  local file lines limit
  for file in $(sources tracker training gui tests assets bench); do
    lines=$(wc -l <"$file")
    limit=330
    case "$file" in tests/*) limit=420 ;; esac
    [ "$lines" -le $limit ] || complain "$file has $lines lines; is there a second room in it?"
  done
  file=assets/models/face_detector.onnx
  [ "$(wc -c <$file)" -le 1000000 ] || complain "$file is larger than 1 MB"
  [ "$(du -sm assets | cut -f1)" -lt 60 ] || complain "assets/ is larger than 60 MB"
}

every_asset_has_its_source() {
  local file name
  for file in assets/fonts/*.ttf assets/samples/*.png assets/models/*.ntm assets/models/*.onnx; do
    [ -f "$file" ] || continue
    name=$(basename "$file")
    grep -q "$(sha256sum "$file" | cut -d' ' -f1)" assets/SOURCES.md ||
      complain "assets/SOURCES.md does not have $name with its sha256"
  done
}

"$1"
exit $((failures > 0))
