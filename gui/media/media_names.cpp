#include "gui/media/media_names.h"

#include <array>
#include <ctime>
#include <system_error>

#include <fmt/core.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

std::string LocalText(WallTime time, const char* format) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  localtime_r(&seconds, &parts);
  std::array<char, 64> text{};
  return {text.data(), std::strftime(text.data(), text.size(), format, &parts)};
}

std::string Milliseconds(WallTime time) {
  const auto since_epoch = time.time_since_epoch();
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count() % 1000;
  return fmt::format("{:03}", ms);
}

bool AnyWithStem(const fs::path& stem) {
  for (const char* ending : {".png", "_clean.png", ".json", ".json.part", ".mp4", ".csv"}) {
    std::error_code ignored;
    if (fs::exists(stem.string() + ending, ignored)) return true;
  }
  return false;
}

}  // namespace

std::string StampOf(WallTime time) {
  return LocalText(time, "%Y-%m-%d_%H-%M-%S_") + Milliseconds(time);
}

std::string IsoTimeOf(WallTime time) {
  return LocalText(time, "%Y-%m-%dT%H:%M:%S.") + Milliseconds(time) + LocalText(time, "%z");
}

void MakeMediaFolder(const fs::path& folder) {
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (fs::is_directory(folder)) return;
  const std::string reason = problem ? fmt::format(" ({})", problem.message()) : "";
  throw Error(fmt::format(
      "{}: cannot create this folder for screenshots and recordings{}; choose another folder",
      folder.string(), reason));
}

fs::path FreshStem(const fs::path& folder, const std::string& prefix, WallTime time) {
  const fs::path first = folder / (prefix + StampOf(time));
  fs::path stem = first;
  for (int n = 2; AnyWithStem(stem); ++n) stem = fmt::format("{}_{}", first.string(), n);
  return stem;
}

}  // namespace nosetip
