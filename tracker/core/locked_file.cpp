#include "tracker/core/locked_file.h"

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <system_error>

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

// The process that holds the lock, from the system's list (man proc_locks); 0 where it is not
// there, as that of another machine. The device is left out, as some file systems report another
// one there.
pid_t HolderOf(const fs::path& path) {
  struct stat status = {};
  std::ifstream locks("/proc/locks");
  if (lstat(path.c_str(), &status) == 0) {
    for (std::string line; std::getline(locks, line);) {
      std::istringstream words(line);
      std::string number, kind, mode, access, process, file;
      words >> number >> kind >> mode >> access >> process >> file;
      if (kind != "FLOCK" || !file.ends_with(fmt::format(":{}", status.st_ino))) continue;
      return static_cast<pid_t>(std::strtol(process.c_str(), nullptr, 10));
    }
  }
  return 0;
}

[[noreturn]] void ThrowHeld(const fs::path& path, const std::string& wanted) {
  const pid_t holder = HolderOf(path);
  if (holder == getpid()) {
    throw Error(
        fmt::format("{} would be written twice by this run; give the inputs other names", wanted));
  }
  throw Error(fmt::format("{} is being written by {}; wait until it ends, or choose another folder",
                          wanted,
                          holder > 0 ? fmt::format("process {}", holder) : "another process"));
}

bool IsBusy(int fd) { return flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK; }

bool IsStillAt(int fd, const fs::path& path) {
  struct stat opened = {}, there = {};
  return fstat(fd, &opened) == 0 && lstat(path.c_str(), &there) == 0 &&
         opened.st_ino == there.st_ino && opened.st_dev == there.st_dev;
}

enum class Leftover { kRemoved, kHeld, kStuck };

// Removes what is at `path` where nobody holds it.
Leftover RemoveLeftover(const fs::path& path) {
  // Over NFS only who may write may lock. Does not wait for the other end of a pipe.
  const int fd = open(path.c_str(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT) return Leftover::kRemoved;
  if (fd < 0 && errno != ELOOP) return Leftover::kStuck;
  const bool held = fd >= 0 && IsBusy(fd);
  std::error_code failure;
  // Not one that another process has put there meanwhile.
  if (!held && (fd < 0 || IsStillAt(fd, path))) fs::remove(path, failure);
  if (fd >= 0) close(fd);
  if (failure) return Leftover::kStuck;
  return held ? Leftover::kHeld : Leftover::kRemoved;
}

}  // namespace

FilePtr CreateLocked(const fs::path& path, const std::string& wanted) {
  // Another process may take the name between two of these steps; then they begin anew.
  constexpr int kTries = 100;
  for (int i = 0; i < kTries; ++i) {
    const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0 && errno != EEXIST) ThrowWriteError(wanted, errno);
    if (fd < 0) {
      const Leftover leftover = RemoveLeftover(path);
      if (leftover == Leftover::kRemoved) continue;
      if (leftover == Leftover::kHeld) break;
      throw Error(fmt::format("{} cannot be written, as {} is in the way; remove it", wanted,
                              path.string()));
    }
    FilePtr file(fdopen(fd, "wb"));
    if (!file) close(fd);
    if (!file || IsBusy(fd) || !IsStillAt(fd, path)) continue;
    std::setvbuf(file.get(), nullptr, _IONBF, 0);
    return file;
  }
  ThrowHeld(path, wanted);
}

void ThrowWriteError(const std::string& path, int problem) {
  const fs::path parent = fs::path(path).parent_path();
  const fs::path folder = parent.empty() ? "." : parent;
  std::error_code ignored;
  if (problem == ENOSPC || problem == EDQUOT || problem == EFBIG) {
    throw Error(fmt::format(
        "{} cannot be written: the disk is full; free some space or choose another folder", path));
  }
  if (!fs::is_directory(folder, ignored)) {
    throw Error(
        fmt::format("{} cannot be written: there is no folder {}; create it or choose another",
                    path, folder.string()));
  }
  const std::string reason = problem == 0 ? "" : ": " + std::generic_category().message(problem);
  throw Error(fmt::format("{} cannot be written{}; {}", path, reason,
                          problem == EEXIST
                              ? "choose another name"
                              : "check the permissions of its folder or choose another"));
}

}  // namespace nosetip
