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

sources() { # FOLDER... [-maxdepth N]
  find "$@" -type f \( -name '*.cpp' -o -name '*.h' \) 2>/dev/null | sort
}

# What each file includes, without <> or "", one a line. A process for each file would take minutes.
declare -A includes_of
while IFS=: read -r file name; do
  includes_of[$file]+=$name$'\n'
done < <(grep -roP '^ *# *include *[<"]\K[^>"]*' --include='*.cpp' --include='*.h' \
  tracker training gui bench 2>/dev/null)

includes() { # FILE
  printf '%s' "${includes_of[$1]-}"
}

find_include() { # FILE PATTERN: sets `hit` to the first that matches
  while read -r hit; do
    [[ $hit =~ $2 ]] && return 0
  done <<<"${includes_of[$1]-}"
  return 1
}

# No file of the folders may include what matches the pattern.
forbid() { # PATTERN REASON FOLDER...
  local pattern=$1 reason=$2 file hit
  shift 2
  for file in $(sources "$@"); do
    find_include "$file" "$pattern" && complain "$file includes $hit: $reason"
  done
}

reaches() { # HEADER: every file of the project that it includes, itself first
  local queue=("$1") seen=" " file name
  while [ ${#queue[@]} -gt 0 ]; do
    file=${queue[0]}
    queue=("${queue[@]:1}")
    case "$seen" in *" $file "*) continue ;; esac
    seen+="$file "
    [ -f "$file" ] || continue
    echo "$file"
    while read -r name; do
      [[ $name =~ ^(tracker|training|gui)/ ]] && queue+=("$name")
    done <<<"${includes_of[$file]-}"
  done
}

# docs/architecture.md, "Who may include whom". A room may include those before it in its line, and
# of the other folders what the rules below leave.
rooms='
tracker/core tracker/signals tracker/vision tracker/sources tracker/output tracker/report tracker/stream tracker/model tracker/tracking tracker/live tracker/measure tracker/cli tracker
training/data training/run training/landmarks training/detector/scenes training/detector training/evaluation training/eyes training/evaluation/detector training/report training/onnx training/background training/commands training
gui/platform gui/teaching gui/media gui/models gui/training_job gui/state gui/panels gui/controllers gui
'

rooms_point_down() {
  local line room before file hit included
  while read -r line; do
    before=" "
    for room in $line; do
      for file in $(sources "$room" -maxdepth 1); do
        for included in $(includes "$file" | grep "^${room%%/*}/"); do
          case "$before$room " in *" $(dirname "$included") "*) continue ;; esac
          complain "$file includes $included: the rooms before $room are$before"
        done
      done
      before+="$room "
    done
  done <<<"$rooms"
}

include_rules() {
  local torch='^(torch|ATen|c10)/' opencv='^opencv2/' window='^(GLFW|GL|imgui)'
  local file hit
  rooms_point_down
  # core is built on the standard library, {fmt}, JSON and POSIX alone.
  for file in $(sources tracker/core); do
    hit=$(includes "$file" |
      grep -vE '^(tracker/core/|fmt/|nlohmann/json_fwd|(unistd|fcntl)\.h$|sys/[a-z]+\.h$)' |
      { [ "${file##*.}" = h ] && cat || grep -v '^nlohmann/'; } |
      grep -E -m1 '[./]') && complain "$file includes $hit: core needs no other library"
  done
  for file in $(sources tracker training/data training/detector/scenes training/commands gui |
    grep -v '^tracker/model/'); do
    find_include "$file" "$torch" &&
      complain "$file includes $hit: LibTorch stays in tracker/model and training"
  done
  forbid "$opencv" 'OpenCV stays in tracker/{vision,sources,output,measure}' tracker/core \
    tracker/model tracker/tracking tracker/live tracker/cli tracker/main.cpp gui
  for file in $(sources training | grep -vE '^training/(data|report|detector/scenes)/'); do
    find_include "$file" "$opencv" &&
      complain "$file includes $hit: OpenCV stays in training/{data,detector/scenes,report}"
  done
  forbid "$window" 'windows stay in gui' tracker training
  forbid "$window" 'panels and windows are above these' gui/media gui/state gui/teaching gui/models \
    gui/training_job
  for file in $(sources tracker training gui | grep -vE '^tracker/(sources|output)/'); do
    find_include "$file" '^lib(av|sw)' &&
      complain "$file includes $hit: FFmpeg stays in tracker/{sources,output}"
  done
  for file in $(sources tracker training gui | grep -v '^tracker/sources/'); do
    find_include "$file" '^(jpeglib|libheif/)' &&
      complain "$file includes $hit: libjpeg and libheif stay in tracker/sources"
  done
  for file in $(sources tracker training gui | grep -v '^tracker/stream/'); do
    find_include "$file" '^lo/' &&
      complain "$file includes $hit: liblo stays in tracker/stream"
  done
  forbid '^tracker/(vision|sources|output|stream)/' 'model knows core alone' tracker/model
  forbid '^tracker/(output|stream)/' 'what is tracked is written elsewhere' tracker/tracking tracker/live
  forbid '^(training|gui)/' 'the tracker knows no trainer and no app' tracker
  forbid '^gui/' 'nothing includes the app' training
  for file in $(sources bench); do
    hit=$(includes "$file" | grep '^gui/' | grep -vxm1 'gui/platform/frame_texture.h') &&
      complain "$file includes $hit: the benchmarks know the app's texture alone"
  done
  forbid '^bench/' 'only their tests include the benchmarks' tracker training gui
  for file in $(sources gui | grep -v '^gui/platform/'); do
    find_include "$file" '^(GLFW|GL|backends)/' &&
      complain "$file includes $hit: GLFW and OpenGL stay in gui/platform"
  done
  forbid '^gui/platform/(window|frame_texture)' 'panels know no window' gui/panels
  forbid '^tracker/(vision|model|live|output)' 'the platform knows core only' gui/platform
  # Headers that the app includes must not reach LibTorch.
  for header in $(for file in $(sources gui); do includes "$file"; done | grep -E '^(tracker|training)/' | sort -u); do
    for file in $(reaches "$header"); do
      find_include "$file" "$torch" &&
        complain "$header reaches $hit through $file: it must stay free of LibTorch"
    done
  done
}

# json_text has the limits, and the way to write names that are not UTF-8. The safetensors reader has
# limits of its own.
json_in_one_place() {
  local file hit
  for file in $(sources tracker training gui bench |
    grep -vE '^tracker/(core/json_text|model/safetensors).cpp$'); do
    hit=$(grep -nE -m1 'json::(parse|accept|sax_parse|from_|to_(cbor|msgpack|bson))|\.dump\(' "$file") &&
      complain "$file:$hit: read and write JSON with tracker/core/json_text.h"
  done
}

# The rules must be able to fail.
include_rules_catch_violations() {
  work=$(mktemp -d)  # not local: the trap outlives the function
  trap 'rm -rf "$work"' EXIT
  local name=$work/tree rule=include_rules
  try() { # FILE LINE: a tree with this one file and line breaks a rule
    rm -rf "$name"
    mkdir -p "$name/$(dirname "$1")"
    echo "$2" >"$name/$1"
    "$lint" $rule "$name" >"$work/said" && complain "not caught: $1 with $2"
    grep -q "^$1" "$work/said" || complain "not named: $1"
  }
  try tracker/core/a.h '#include <opencv2/core.hpp>'
  try tracker/core/a.h '#include "tracker/vision/overlay.h"'
  try tracker/core/a.h '#include <nlohmann/json.hpp>'
  try tracker/vision/a.cpp '#include <torch/torch.h>'
  try tracker/vision/a.cpp '#include "tracker/sources/pictures.h"'
  try tracker/model/a.cpp '#include <opencv2/core.hpp>'
  try tracker/model/a.cpp '#include "tracker/output/text_output.h"'
  try tracker/output/a.cpp '#include "tracker/live/live_session.h"'
  try tracker/measure/a.h '#include "tracker/cli/output_plan.h"'
  try tracker/cli/a.h '#include "training/data/pack.h"'
  try training/run/a.cpp '#include <opencv2/core.hpp>'
  try training/run/a.h '#include "training/landmarks/trainer.h"'
  try training/report/a.h '#include "training/commands/command_line.h"'
  try training/detector/scenes/a.cpp '#include <torch/torch.h>'
  try tracker/vision/a.cpp '#include <GLFW/glfw3.h>'
  try gui/panels/a.cpp '#include <GLFW/glfw3.h>'
  try gui/panels/a.cpp '#include "gui/platform/window.h"'
  try gui/state/a.h '#include "gui/panels/widgets.h"'
  try gui/app.cpp '#include <opencv2/core.hpp>'
  try tracker/core/a.h '#include "bench/bench_inputs.h"'
  try bench/a.cpp '#include "gui/app.h"'
  try tracker/live/a.cpp '#include <libavformat/avformat.h>'
  try training/data/a.cpp '#include <libheif/heif.h>'
  try tracker/cli/a.cpp '#include <lo/lo.h>'
  try tracker/tracking/a.cpp '#include "tracker/stream/streams.h"'
  rule=json_in_one_place
  try gui/a.cpp 'const auto json = nlohmann::json::parse(text);'
  try training/a.cpp 'text += json.dump(2);'
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
  while read -r file; do
    complain "$file is not formatted"
  done < <(sources tracker training gui tests assets bench |
    xargs clang-format --dry-run -Werror 2>&1 |
    sed -n 's/^\([^:]*\):.*\[-Wclang-format-violations\]$/\1/p' | sort -u)
}

# Functions as clang-format lays them out: a line without indentation that ends in "{" opens one.
long_functions='
FNR == 1 { open = 0; head = 0 }
/^[A-Za-z~:<].*[^;]$/ && !open { if (!head) head = FNR }
/^(namespace|class|struct|enum|union|extern)/ { head = 0 }
/\{$/ && head && !open { open = 1 }
/^$/ && !open { head = 0 }
/^}/ {
  if (open && FNR - head + 1 > 40) print FILENAME ":" head " is a function of " FNR - head + 1 " lines"
  open = 0; head = 0
}'

sizes() {
  local file lines limit
  for file in $(sources tracker training gui tests assets bench); do
    lines=$(wc -l <"$file")
    limit=300
    case "$file" in tests/*) limit=420 ;; esac
    [ "$lines" -le $limit ] || complain "$file has $lines lines; is there a second subject in it?"
  done
  while read -r line; do complain "$line; can it be split?"; done < \
    <(sources tracker training gui assets bench | xargs awk "$long_functions")
  file=assets/models/face_detector.onnx
  [ "$(wc -c <$file)" -le 1000000 ] || complain "$file is larger than 1 MB"
  [ "$(du -sm assets | cut -f1)" -lt 60 ] || complain "assets/ is larger than 60 MB"
}

# tests/unit/PATH_test.cpp or tests/unit/PATH_ASPECT_test.cpp is a test of PATH.h or PATH.cpp.
tests_mirror_the_sources() {
  local file path
  for file in $(find tests/unit -name '*_test.cpp' | sort); do
    path=${file#tests/unit/}
    path=${path%_test.cpp}
    until [ -f "$path.h" ] || [ -f "$path.cpp" ]; do
      case "${path##*/}" in
        *_*) path=${path%_*} ;;
        *) complain "$file tests no file of its name"; break ;;
      esac
    done
  done
}

every_asset_has_its_source() {
  local file name
  for file in assets/fonts/*.ttf assets/samples/*.png assets/models/*.safetensors assets/models/*.onnx assets/training/*.safetensors; do
    [ -f "$file" ] || continue
    name=$(basename "$file")
    grep -q "$(sha256sum "$file" | cut -d' ' -f1)" assets/SOURCES.md ||
      complain "assets/SOURCES.md does not have $name with its sha256"
  done
}

"$1"
exit $((failures > 0))
