#include "tracker/core/environment.h"

#include <fstream>
#include <thread>

namespace nosetip {
namespace {

std::string ProcessorName() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    const size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
  return "unknown";
}

}  // namespace

Environment ThisEnvironment() {
  Environment environment;
  environment.nosetip_version = NOSETIP_VERSION;
  environment.libtorch_version = NOSETIP_LIBTORCH_VERSION;
  environment.opencv_version = NOSETIP_OPENCV_VERSION;
  environment.compiler = NOSETIP_COMPILER;
  environment.build_type = NOSETIP_BUILD_TYPE;
  environment.processor = ProcessorName();
  environment.cores = static_cast<int>(std::thread::hardware_concurrency());
  return environment;
}

}  // namespace nosetip
