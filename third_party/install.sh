#!/usr/bin/env bash
# Installs what is missing of the Debian or Ubuntu packages that Nosetip needs.
#
#   third_party/install.sh run     what run.sh needs: compiler, CMake and the libraries
#   third_party/install.sh test    the same and what test.sh needs besides
#   third_party/install.sh bench   what run.sh needs, and the benchmarks (NOSETIP_BENCH, NOSETIP_COMPARE)
#
# With LIBTORCH=DIR in the environment that LibTorch is used and Debian's is not installed.
set -euo pipefail

# One line a purpose. OpenCV is taken by its modules: the whole libopencv-dev brings VTK, Tk and MPI.
run_packages="
  g++ cmake ninja-build
  libcli11-dev libfmt-dev nlohmann-json3-dev libpugixml-dev
  libopencv-core-dev libopencv-imgproc-dev libopencv-imgcodecs-dev libopencv-videoio-dev
  libopencv-calib3d-dev libopencv-dnn-dev libopencv-objdetect-dev
  libavformat-dev libavcodec-dev libswscale-dev libavutil-dev libjpeg-dev libheif-dev
  liblo-dev
  libonnx-dev libprotobuf-dev
  libglfw3-dev libimgui-dev libgl-dev libopengl-dev libgl1-mesa-dri
"
torch_packages="libtorch-dev libgloo-dev libopenblas0-pthread"
test_packages="libgtest-dev libgmock-dev librapidcheck-dev clang-format ffmpeg xvfb xauth xdotool
  libheif-examples webp liblo-tools jq python3"
# Where libheif comes without its encoders, which only tests need.
heif_encoders="libheif-plugin-aomenc libheif-plugin-x265"
bench_packages="libbenchmark-dev libdlib-dev libdlib-data"

fail() {
  echo "install.sh: $*" >&2
  exit 1
}

wanted_packages() {  # run|test|bench
  echo "$run_packages"
  [ -n "${LIBTORCH:-}" ] || echo "$torch_packages"
  case $1 in
    test)
      echo "$test_packages"
      # shellcheck disable=SC2086  # several packages
      apt-cache show $heif_encoders >/dev/null 2>&1 && echo "$heif_encoders"
      ;;
    bench) echo "$bench_packages" ;;
  esac
}

missing_packages() {  # names...
  local installed
  # dpkg-query fails where it does not know a name; those are missing too.
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
    sed -n 's/^installed //p' || true)
  comm -23 <(printf '%s\n' "$@" | sort -u) <(sort -u <<<"$installed")
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    env "$@"
  elif command -v sudo >/dev/null; then
    sudo env "$@"
  else
    fail "packages are missing and there is no sudo. As root, run: apt-get install --no-install-recommends $missing"
  fi
}

# Debian's LibTorch multiplies matrices with whatever libblas.so.3 is; the reference one is many
# times slower.
check_blas() {
  local blas target
  blas=$(/sbin/ldconfig -p | awk '/libblas\.so\.3 / && !found { print $NF; found = 1 }')
  [ -n "$blas" ] || return 0
  target=$(readlink -f "$blas")
  case "$target" in
    */blas/libblas.so*) ;;
    *) return 0 ;;
  esac
  local triplet
  triplet=$(basename "$(dirname "$blas")")
  fail "libblas.so.3 is $target, the slow reference BLAS. Choose OpenBLAS again with:
  sudo update-alternatives --auto libblas.so.3-$triplet
  sudo update-alternatives --auto liblapack.so.3-$triplet"
}

case "${1:-}" in
  run | test | bench) set_name=$1 ;;
  *) fail "say which set: run, test or bench" ;;
esac
if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
  echo "install.sh: no apt-get here; see third_party/README.md for what must be installed." >&2
  exit 0
fi
# shellcheck disable=SC2046  # one word a package
missing=$(missing_packages $(wanted_packages "$set_name") | xargs)
if [ -n "$missing" ]; then
  echo "Installing missing packages: $missing"
  apt="apt-get -q -o DPkg::Lock::Timeout=300"
  # shellcheck disable=SC2086
  as_root $apt update
  if [[ " $missing " == *" libtorch-dev "* ]] && ! apt-cache show libtorch-dev >/dev/null 2>&1; then
    fail "this distribution has no libtorch-dev (Ubuntu 24.04 has none). Get LibTorch for C++ as
README.md says under 'GPU' (the archive for the CPU does too) and name its folder: LIBTORCH=DIR ./run.sh"
  fi
  # shellcheck disable=SC2086
  as_root DEBIAN_FRONTEND=noninteractive $apt install -y --no-install-recommends $missing
fi
[ -n "${LIBTORCH:-}" ] || check_blas
