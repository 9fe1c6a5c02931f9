#include "gui/platform/desktop.h"

#include <cstdlib>
#include <string>
#include <system_error>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace nosetip {

namespace fs = std::filesystem;

fs::path HomeFolder() {
  const char* home = std::getenv("HOME");
  if (home != nullptr && *home != '\0') return home;
  return fs::temp_directory_path();
}

fs::path FolderOf(const char* variable, const fs::path& otherwise) {
  const char* value = std::getenv(variable);
  if (value != nullptr && fs::path(value).is_absolute()) return value;
  return otherwise;
}

fs::path UserDataFolder() {
  return FolderOf("XDG_DATA_HOME", HomeFolder() / ".local/share") / "nosetip";
}

bool OpenInDesktop(const fs::path& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return false;
  // The shell starts it as a child that nobody needs to wait for.
  std::string program = "sh";
  std::string option = "-c";
  std::string script =
      "command -v xdg-open >/dev/null || exit 1; xdg-open \"$1\" >/dev/null 2>&1 &";
  std::string name = "nosetip";
  std::string argument = path.string();
  char* const arguments[] = {program.data(), option.data(),   script.data(),
                             name.data(),    argument.data(), nullptr};
  pid_t child = 0;
  if (posix_spawnp(&child, "sh", nullptr, nullptr, arguments, environ) != 0) return false;
  int status = 0;
  return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace nosetip
