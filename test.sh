#!/usr/bin/env bash
# Builds everything and runs all tests; installs what is missing. Arguments go to ctest:
#   ./test.sh -R Csv        only the tests whose names match
#   LIBTORCH=DIR ./test.sh  against another LibTorch (README.md, "GPU")
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
"$here/third_party/build.sh" test
exec ctest --test-dir "$here/build${LIBTORCH:+-libtorch}" --output-on-failure -j "$(nproc)" "$@"
