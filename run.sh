#!/usr/bin/env bash
# Builds Nosetip and starts it; installs what is missing. Arguments go to the program.
# Where there is a display it starts the live app, unless an option is given that the app does not
# have, else nosetip-track. Without arguments nosetip-track follows the sample clip and leaves its
# results in out/.
#
#   LIBTORCH=DIR ./run.sh            build against another LibTorch (README.md, "GPU")
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
"$here/third_party/build.sh" run
build=$here/build${LIBTORCH:+-libtorch}

for_app() { # ARGUMENT...
  local argument
  for argument in "$@"; do
    case "$argument" in
      --settings | --settings=* | --item-map | --item-map=*) ;;
      -?*) return 1 ;;
    esac
  done
}

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -x "$build/nosetip" ] && for_app "$@"; then
  exec "$build/nosetip" "$@"
fi

if [ $# -gt 0 ]; then
  exec "$build/nosetip-track" "$@"
fi

cd "$here"
"$build/nosetip-track" "$build/samples/sample.mp4" --out out --video --csv --sheet
echo "Results in $here/out: $(cd out && echo sample*)"
