// Files and folders in the programs of the desktop.
#pragma once

#include <cstdlib>
#include <filesystem>

namespace nosetip {

// Starts xdg-open and does not wait for it. False where there is no such program, or no such file.
bool ShowInDesktopOf(const std::filesystem::path& path);

// Where a user's files are, by the XDG base directory specification.

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
