// Files and folders in the programs of the desktop.
#pragma once

#include <filesystem>

namespace nosetip {

// Starts xdg-open and does not wait for it. False where there is no such program, or no such file.
bool ShowInDesktopOf(const std::filesystem::path& path);

}  // namespace nosetip
