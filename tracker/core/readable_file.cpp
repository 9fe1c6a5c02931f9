#include "tracker/core/readable_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>

#include "tracker/core/error.h"
#include "tracker/core/locked_file.h"

namespace nosetip {
namespace {

struct OpenedFile {
  FilePtr file;  // null where it cannot be opened; errno tells why
  struct stat status = {};
};

// Does not wait for the other end of a pipe, nor for a device.
OpenedFile Open(const std::string& path) {
  OpenedFile opened;
  errno = 0;
  const int fd = open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return opened;
  opened.file.reset(fdopen(fd, "rb"));
  fstat(fd, &opened.status);
  return opened;
}

// Looked at before it is opened, as opening a device can have an effect.
void CheckKind(const std::string& path, mode_t mode) {
  if (S_ISDIR(mode)) {
    throw Error(path + " is a folder, but a single file is needed; name a file in it");
  }
  if (!S_ISREG(mode)) {
    throw Error(path + " is not a regular file; save its content to a file first");
  }
}

OpenedFile OpenReadable(const std::string& path) {
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) throw Error(path + " does not exist; check the path");
    throw Error(fmt::format("{} cannot be read: {}; check the path", path, std::strerror(errno)));
  }
  CheckKind(path, status.st_mode);
  OpenedFile opened = Open(path);
  if (!opened.file) {
    throw Error(fmt::format("{} cannot be read: {}; check its permissions with 'ls -l'", path,
                            std::strerror(errno)));
  }
  CheckKind(path, opened.status.st_mode);
  if (opened.status.st_size == 0) throw Error(path + " is empty; copy or download it again");
  return opened;
}

}  // namespace

void CheckReadableFile(const std::string& path) { OpenReadable(path); }

std::vector<uint8_t> ReadWholeFile(const std::string& path) {
  const OpenedFile opened = OpenReadable(path);
  std::vector<uint8_t> bytes(static_cast<size_t>(opened.status.st_size));
  if (std::fread(bytes.data(), 1, bytes.size(), opened.file.get()) != bytes.size()) {
    throw Error(path + " could only be read in part; check the disk");
  }
  return bytes;
}

}  // namespace nosetip
