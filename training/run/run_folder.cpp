#include "training/run/run_folder.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <unistd.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

void CheckFitsResume(const std::filesystem::path& folder, bool resume) {
  if (std::filesystem::exists(folder / "last.ntc")) {
    throw Error(
        fmt::format("{} holds a training of an older Nosetip, which cannot be resumed; "
                    "choose another folder",
                    folder.string()));
  }
  const bool started = std::filesystem::exists(folder / kRunState);
  if (started && !resume) {
    throw Error(fmt::format(
        "{} holds a training already; add --resume to continue it, or choose another folder",
        folder.string()));
  }
  if (!started && resume) {
    throw Error(fmt::format("{} holds no training to resume; leave --resume out", folder.string()));
  }
}

}  // namespace

RunLock::RunLock(const std::filesystem::path& folder)
    : folder_fd_(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (folder_fd_ < 0 || flock(folder_fd_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return;
  close(folder_fd_);
  throw Error(fmt::format(
      "{} is in use by another training; wait until it has ended, or choose another folder",
      folder.string()));
}

RunLock::~RunLock() {
  if (folder_fd_ >= 0) close(folder_fd_);
}

void CheckRunFolder(const std::filesystem::path& folder, bool resume) {
  const RunLock lock(folder);
  CheckFitsResume(folder, resume);
}

RunLock LockRunFolder(const std::filesystem::path& folder, bool resume) {
  std::error_code ignored;  // the first file that cannot be written tells why
  if (!resume) std::filesystem::create_directories(folder, ignored);
  RunLock lock(folder);
  CheckFitsResume(folder, resume);
  return lock;
}

}  // namespace nosetip
