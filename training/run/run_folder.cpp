#include "training/run/run_folder.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "tracker/core/error.h"

namespace nosetip {

RunLock::RunLock(const std::filesystem::path& folder)
    : folder_fd_(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (folder_fd_ < 0 || flock(folder_fd_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return;
  close(folder_fd_);
  throw Error(folder.string() +
              " is in use by another training, which may be about to end; wait a little, or choose "
              "another folder");
}

RunLock::~RunLock() {
  if (folder_fd_ >= 0) close(folder_fd_);
}

void CheckRunFolder(const std::filesystem::path& folder, bool resume) {
  const RunLock in_use(folder);
  const bool started = std::filesystem::exists(folder / kRunState);
  if (started && !resume) {
    throw Error(folder.string() +
                " holds a training already; add --resume to go on with it, or choose another "
                "folder");
  }
  if (!started && resume) {
    throw Error(folder.string() + " holds no training to resume; leave --resume out");
  }
}

}  // namespace nosetip
