#!/usr/bin/env bash
# Installs what is missing, configures and builds. run.sh and test.sh share it.
#
#   third_party/build.sh run     the programs and the sample clips
#   third_party/build.sh test    these and all tests
#
# Builds in build/, or with LIBTORCH=DIR against that LibTorch in build-libtorch/.
set -euo pipefail
set_name=$1
libtorch=
if [ -n "${LIBTORCH:-}" ]; then
  if [ ! -f "$LIBTORCH/lib/libtorch.so" ]; then
    echo "LIBTORCH=$LIBTORCH holds no lib/libtorch.so; name the unpacked folder 'libtorch'." >&2
    exit 1
  fi
  libtorch=$(realpath "$LIBTORCH")
fi
cd "$(dirname "$0")/.."

third_party/install.sh "$set_name"

build=build
configure=(-G Ninja -DCMAKE_BUILD_TYPE=Release)
if [ -n "$libtorch" ]; then
  build="build-libtorch"
  configure+=("-DCMAKE_PREFIX_PATH=$libtorch")
  # What CMake found in another LibTorch must not stay in its cache.
  grep -qsxF "CMAKE_PREFIX_PATH:UNINITIALIZED=$libtorch" $build/CMakeCache.txt ||
    rm -rf $build/CMakeCache.txt $build/CMakeFiles $build/build.ninja
fi

cached() { grep -qsx "$1" $build/CMakeCache.txt; }

# CMake runs when something is new; ninja calls it again by itself when a CMake file changes.
if [ "$set_name" = test ]; then
  configure+=(-DNOSETIP_TESTS=ON)
  targets=(all)
  up_to_date() { [ -f $build/build.ninja ] && cached "NOSETIP_TESTS:BOOL=ON"; }
else
  # A build folder that has tests keeps them, or each command would undo the other's work.
  cached "NOSETIP_TESTS:BOOL=ON" || configure+=(-DNOSETIP_TESTS=OFF)
  targets=(nosetip nosetip-track nosetip-train sample_clips)
  up_to_date() { [ -f $build/build.ninja ]; }
fi
up_to_date || cmake -S . -B $build "${configure[@]}"

# A unit that includes LibTorch's headers takes up to 1.5 GB to compile.
memory_gb=$(awk '/MemTotal/ { print int($2 / 1500000) }' /proc/meminfo)
cores=$(nproc)
jobs=$((memory_gb < cores ? memory_gb : cores))
ninja -C $build -j $((jobs > 0 ? jobs : 1)) "${targets[@]}"
