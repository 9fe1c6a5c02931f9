#!/usr/bin/env bash
# Builds Nosetip and starts it; installs what is missing. Arguments go to the program.
# Where there is a display it starts the live app, else nosetip-track. Without arguments
# nosetip-track follows the sample clip and leaves its results in out/.
#
#   NOSETIP_DETECTOR=FILE ./run.sh   the face detector, until one is in assets/models
#   LIBTORCH=DIR ./run.sh            build against another LibTorch (README.md, "GPU")
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
"$here/third_party/build.sh" run
build=$here/build${LIBTORCH:+-libtorch}

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -x "$build/nosetip" ]; then
  exec "$build/nosetip" "$@"
fi

detector=()
case " $* " in
  *" --detector"*) ;;  # said twice it would be an error
  *) [ -z "${NOSETIP_DETECTOR:-}" ] || detector=(--detector "$(realpath "$NOSETIP_DETECTOR")") ;;
esac
if [ $# -gt 0 ]; then
  exec "$build/nosetip-track" "${detector[@]}" "$@"
fi

cd "$here"
if [ ${#detector[@]} -eq 0 ] && [ ! -f assets/models/face_detector.onnx ]; then
  cat <<T

Nosetip is built and the sample clip is made: build${LIBTORCH:+-libtorch}/samples/sample.mp4
To track faces it needs a face detector, an ONNX file of the YuNet family. Nosetip's own is not
trained yet; OpenCV's, face_detection_yunet_2023mar.onnx (MIT licence), is at
  https://github.com/opencv/opencv_zoo/tree/main/models/face_detection_yunet
Then run
  NOSETIP_DETECTOR=face_detection_yunet_2023mar.onnx ./run.sh
T
  exit 0
fi
"$build/nosetip-track" "${detector[@]}" "$build/samples/sample.mp4" --out out --video --csv --sheet
echo "Results in $here/out: $(cd out && echo sample*)"
