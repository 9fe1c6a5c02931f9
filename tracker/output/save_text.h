// Files that a command writes.
#pragma once

#include <filesystem>
#include <string_view>
#include <system_error>

#include "tracker/core/error.h"
#include "tracker/output/text_output.h"

namespace nosetip {

// Written beside and renamed. Throws Error that names the file where that fails.
inline void SaveText(const std::filesystem::path& path, std::string_view text) {
  TextOutput file(path);
  file.Write(text);
  file.Finish();
}

// Before minutes of work whose result could not be written. Throws Error where the file's folder is
// not there.
inline void CheckFolderOf(const std::filesystem::path& file) {
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  std::error_code ignored;
  if (std::filesystem::is_directory(folder, ignored)) return;
  throw Error("there is no folder " + folder.string() + " for --out; create it or choose another");
}

}  // namespace nosetip
