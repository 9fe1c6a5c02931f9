#include "gui/state/source_choice.h"

#include <algorithm>
#include <filesystem>
#include <span>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "tracker/sources/input_list.h"

namespace nosetip {
namespace {

bool IsNumber(const std::string& source) {
  return !source.empty() &&
         std::all_of(source.begin(), source.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool IsThere(const std::string& source, const std::vector<CameraEntry>& cameras) {
  if (IsNumber(source)) {
    return std::any_of(cameras.begin(), cameras.end(), [&](const CameraEntry& camera) {
      return std::to_string(camera.index) == source;
    });
  }
  if (source.find("://") != std::string::npos || source.find('%') != std::string::npos) return true;
  std::error_code ignored;
  return std::filesystem::exists(source, ignored);
}

}  // namespace

FirstSource ChooseFirstSource(const FirstSourceChoices& choices) {
  if (!choices.asked.empty()) return {choices.asked, ""};
  if (!choices.last.empty() && choices.last != choices.sample_clip &&
      IsThere(choices.last, choices.cameras)) {
    return {choices.last, ""};
  }
  if (!choices.cameras.empty()) return {std::to_string(choices.cameras.front().index), ""};
  return {
      choices.sample_clip,
      "No camera found, showing the sample clip. Connect a camera and select it under Source, or "
      "drop a video here."};
}

std::optional<FolderSource> FolderOfSources(const std::string& source) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(source, ignored)) return std::nullopt;
  InputList list = ListInputs(std::span(&source, 1));
  FolderSource folder{source, {}, std::move(list.notes)};
  for (const Input& input : list.inputs) folder.files.push_back(input.source);
  return folder;
}

std::string FileAfter(const FolderSource& folder, const std::string& current, int places) {
  const auto found = std::find(folder.files.begin(), folder.files.end(), current);
  if (found == folder.files.end()) return "";
  const auto place = found - folder.files.begin() + places;
  if (place < 0 || place >= std::ssize(folder.files)) return "";
  return folder.files[static_cast<size_t>(place)];
}

std::string SizeAndRate(const SourceInfo& info) {
  const std::string size = fmt::format("{} x {}", info.width_px, info.height_px);
  if (info.frame_rate_hz <= 0.0) return size;
  return fmt::format("{}, {:.4g} frames/s", size, info.frame_rate_hz);
}

}  // namespace nosetip
