#include "tracker/core/environment.h"

#include <cstdlib>
#include <fstream>
#include <string_view>
#include <system_error>
#include <thread>

namespace nosetip {
namespace {

namespace fs = std::filesystem;

// What follows the colon in the file's first line that begins so; empty where there is none.
std::string ValueOf(const fs::path& path, std::string_view beginning) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(beginning)) continue;
    const size_t start = line.find_first_not_of(" \t", line.find(':') + 1);
    if (start != std::string::npos) return line.substr(start);
  }
  return {};
}

fs::path ProgramFolder() {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored).parent_path();
}

}  // namespace

Environment ThisEnvironment() {
  Environment environment;
  environment.nosetip_version = NOSETIP_VERSION;
  environment.libtorch_version = NOSETIP_LIBTORCH_VERSION;
  environment.opencv_version = NOSETIP_OPENCV_VERSION;
  environment.compiler = NOSETIP_COMPILER;
  environment.build_type = NOSETIP_BUILD_TYPE;
  environment.processor = ValueOf("/proc/cpuinfo", "model name");
  if (environment.processor.empty()) environment.processor = "unknown";
  environment.cores = static_cast<int>(std::thread::hardware_concurrency());
  return environment;
}

std::string GpuModel(const fs::path& gpus) {
  std::string model;
  std::error_code ignored;
  for (const auto& gpu : fs::directory_iterator(gpus, ignored)) {
    const std::string name = ValueOf(gpu.path() / "information", "Model:");
    if (!model.empty() && name != model) return {};
    model = name;
  }
  return model;
}

fs::path AssetPath(std::string_view name) {
  if (const char* folder = std::getenv("NOSETIP_ASSETS"); folder != nullptr && *folder != '\0') {
    return fs::path(folder) / name;
  }
  std::error_code ignored;
  const fs::path program_folder = ProgramFolder();
  // Test programs are one folder deeper than the others.
  for (const char* up : {"../assets", "../../assets", "../share/nosetip"}) {
    const fs::path folder = program_folder / up;
    if (fs::is_directory(folder / "models", ignored)) return (folder / name).lexically_normal();
  }
  return fs::path(NOSETIP_SOURCE_ASSETS) / name;
}

fs::path SampleClipPath() {
  std::error_code ignored;
  // As above.
  for (const char* up : {"samples", "../samples"}) {
    const fs::path built = ProgramFolder() / up / "sample.mp4";
    if (fs::exists(built, ignored)) return built.lexically_normal();
  }
  return AssetPath("samples/sample.mp4");
}

}  // namespace nosetip
