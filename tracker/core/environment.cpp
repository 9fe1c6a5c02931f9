#include "tracker/core/environment.h"

#include <cstdlib>
#include <fstream>
#include <string_view>
#include <system_error>
#include <thread>

namespace nosetip {
namespace {

// What follows the colon in the file's first line that begins so; empty where there is none.
std::string Said(const std::filesystem::path& path, std::string_view beginning) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(beginning)) continue;
    const size_t start = line.find_first_not_of(" \t", line.find(':') + 1);
    if (start != std::string::npos) return line.substr(start);
  }
  return {};
}

}  // namespace

Environment ThisEnvironment() {
  Environment environment;
  environment.nosetip_version = NOSETIP_VERSION;
  environment.libtorch_version = NOSETIP_LIBTORCH_VERSION;
  environment.opencv_version = NOSETIP_OPENCV_VERSION;
  environment.compiler = NOSETIP_COMPILER;
  environment.build_type = NOSETIP_BUILD_TYPE;
  environment.processor = Said("/proc/cpuinfo", "model name");
  if (environment.processor.empty()) environment.processor = "unknown";
  environment.cores = static_cast<int>(std::thread::hardware_concurrency());
  return environment;
}

std::string GpuModel(const std::filesystem::path& gpus) {
  std::string model;
  std::error_code ignored;
  for (const auto& gpu : std::filesystem::directory_iterator(gpus, ignored)) {
    const std::string said = Said(gpu.path() / "information", "Model:");
    if (!model.empty() && said != model) return {};
    model = said;
  }
  return model;
}

namespace {

std::filesystem::path ProgramFolder() {
  std::error_code ignored;
  return std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
}

}  // namespace

std::filesystem::path AssetPath(std::string_view name) {
  namespace fs = std::filesystem;
  if (const char* folder = std::getenv("NOSETIP_ASSETS"); folder != nullptr && *folder != '\0') {
    return fs::path(folder) / name;
  }
  std::error_code ignored;
  const fs::path program_folder = ProgramFolder();
  // Tests live one folder deeper than the programs.
  for (const char* up : {"../assets", "../../assets", "../share/nosetip"}) {
    const fs::path folder = program_folder / up;
    if (fs::is_directory(folder / "models", ignored)) return (folder / name).lexically_normal();
  }
  return fs::path(NOSETIP_SOURCE_ASSETS) / name;
}

std::filesystem::path SampleClipPath() {
  std::error_code ignored;
  // Tests live one folder deeper than the programs.
  for (const char* up : {"samples", "../samples"}) {
    const std::filesystem::path built = ProgramFolder() / up / "sample.mp4";
    if (std::filesystem::exists(built, ignored)) return built.lexically_normal();
  }
  return AssetPath("samples/sample.mp4");
}

}  // namespace nosetip
