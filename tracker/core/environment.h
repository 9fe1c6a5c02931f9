// What the program was built from and runs on, for its reports, and where its own files are.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace nosetip {

struct Environment {
  std::string nosetip_version;
  std::string libtorch_version;
  std::string opencv_version;  // empty in a build without OpenCV
  std::string compiler;        // with its version
  std::string build_type;
  std::string processor;  // the CPU's model, or "unknown"
  int cores = 0;
};

Environment ThisEnvironment();

// The model of this machine's NVIDIA GPUs, from their driver's folders on Linux; empty where there
// is none, or where they are not all the same.
std::string GpuModel(const std::filesystem::path& gpus = "/proc/driver/nvidia/gpus");

// The path of a file below assets/, such as "models/face68.safetensors", which need not exist.
// Looks in the folder in the environment variable NOSETIP_ASSETS, else beside the program's folder
// (a build in the checkout), else in ../share/nosetip (an installation), else in the checkout that
// the program was built from.
std::filesystem::path AssetPath(std::string_view name);

// The sample clip: made by the build beside the programs, or installed with the assets.
std::filesystem::path SampleClipPath();

}  // namespace nosetip
