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
              " is written to by another training, which may be about to end; wait a little, or "
              "choose another folder");
}

RunLock::~RunLock() {
  if (folder_fd_ >= 0) close(folder_fd_);
}

}  // namespace nosetip
