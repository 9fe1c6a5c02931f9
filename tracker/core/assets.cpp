#include "tracker/core/assets.h"

#include <cstdlib>
#include <system_error>

namespace nosetip {
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
