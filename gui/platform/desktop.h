// The user's desktop: where files belong, and the programs that open them.
#pragma once

#include <filesystem>

namespace nosetip {

// Folders by the XDG Base Directory Specification 0.8. None need exist.

// $HOME, or the folder of temporary files where the user has no home.
std::filesystem::path HomeFolder();
// The folder that an environment variable names, or `otherwise` where it is not an absolute path.
std::filesystem::path FolderOf(const char* variable, const std::filesystem::path& otherwise);
// $XDG_DATA_HOME/nosetip, by default ~/.local/share/nosetip: models are in its models/, runs of
// trainings in its runs/, samples in its samples/.
std::filesystem::path UserDataFolder();

// Opens a file or folder with xdg-open, without waiting for it. False where there is no xdg-open or
// no such file.
bool OpenInDesktop(const std::filesystem::path& path);

}  // namespace nosetip
