// What a program was built of and what it runs on, to be written down beside its figures.
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
  std::string processor;  // the CPU's model; "unknown" where the system does not tell
  int cores = 0;
};

Environment ThisEnvironment();

// The model of this machine's NVIDIA GPUs, as their driver says on Linux in a folder for each;
// empty where it says nothing, or where they are not all the same.
std::string GpuModel(const std::filesystem::path& gpus = "/proc/driver/nvidia/gpus");

// Where the program's own files are.

// The path of a file below assets/, such as "models/face68.ntm", whether or not it is there. Looks
// in the folder that the environment variable NOSETIP_ASSETS names, else beside the program's
// folder (a build in the checkout), else in ../share/nosetip (an installation), else in the
// checkout that the program was built from.
std::filesystem::path AssetPath(std::string_view name);

// The sample clip: made by the build beside the programs, or installed with the assets.
std::filesystem::path SampleClipPath();

}  // namespace nosetip
