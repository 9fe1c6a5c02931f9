#!/usr/bin/env bash
# Builds Nosetip and starts it; installs what is missing. Arguments go to the program.
# Where there is a display it starts the live app, else nosetip-track. Without arguments
# nosetip-track follows the sample clip and leaves its results in out/.
#
#   LIBTORCH=DIR ./run.sh            build against another LibTorch (README.md, "GPU")
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
"$here/third_party/build.sh" run
build=$here/build${LIBTORCH:+-libtorch}

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -x "$build/nosetip" ]; then
  exec "$build/nosetip" "$@"
fi

if [ $# -gt 0 ]; then
  exec "$build/nosetip-track" "$@"
fi

cd "$here"
"$build/nosetip-track" "$build/samples/sample.mp4" --out out --video --csv --sheet
echo "Results in $here/out: $(cd out && echo sample*)"
