// Where a user's files are, by the XDG base directory specification.
#pragma once

#include <cstdlib>
#include <filesystem>

namespace nosetip {

inline std::filesystem::path HomeFolder() {
  const char* home = std::getenv("HOME");
  if (home != nullptr && *home != '\0') return home;
  return std::filesystem::temp_directory_path();
}

// The variable's folder, which must be absolute to count.
inline std::filesystem::path FolderOf(const char* variable,
                                      const std::filesystem::path& otherwise) {
  const char* value = std::getenv(variable);
  if (value != nullptr && std::filesystem::path(value).is_absolute()) return value;
  return otherwise;
}

}  // namespace nosetip
