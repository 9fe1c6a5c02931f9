#include "gui/source/folder_source.h"

#include <algorithm>
#include <filesystem>
#include <span>
#include <system_error>

#include "tracker/sources/input_list.h"

namespace nosetip {

std::optional<FolderSource> FolderOfSources(const std::string& source) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(source, ignored)) return std::nullopt;
  FolderSource folder{source, {}};
  for (const Input& input : ListInputs(std::span(&source, 1))) {
    folder.files.push_back(input.source);
  }
  return folder;
}

std::string FileAfter(const FolderSource& folder, const std::string& current, int places) {
  const auto found = std::find(folder.files.begin(), folder.files.end(), current);
  if (found == folder.files.end()) return "";
  const auto place = found - folder.files.begin() + places;
  if (place < 0 || place >= std::ssize(folder.files)) return "";
  return folder.files[static_cast<size_t>(place)];
}

}  // namespace nosetip
