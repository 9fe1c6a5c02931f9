#include "tracker/core/atomic_file.h"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

constexpr size_t kBufferBytes = size_t{1} << 16U;

// Not every file system and no device knows how to: that is no failure. Returns an errno.
int SyncToDisk(int fd) {
  if (fd < 0 || fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP) return 0;
  return errno;
}

// So that the name, too, is on the disk.
void SyncFolderOf(const fs::path& path) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : ".";
  const int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  SyncToDisk(fd);
  if (fd >= 0) close(fd);
}

}  // namespace

AtomicFile::AtomicFile(fs::path path, const AtomicFileOptions& options)
    : path_(std::move(path)), part_path_(path_.string() + ".part"), options_(options) {
  std::error_code ignored;
  if (fs::exists(path_, ignored) && !fs::is_regular_file(path_, ignored)) {
    throw Error(
        fmt::format("{} is a folder or a device, not a file; choose another name", path_.string()));
  }
  file_ = CreateLocked(part_path_, path_.string());
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept = default;

AtomicFile::~AtomicFile() {
  if (file_) Close();
}

void AtomicFile::Write(std::string_view bytes) {
  Check(IsOpen(), "writing to a finished file");
  if (buffer_.size() + bytes.size() > kBufferBytes) Flush();
  if (bytes.size() > kBufferBytes) return Append(bytes);
  buffer_ += bytes;
}

void AtomicFile::Flush() {
  Check(IsOpen(), "writing to a finished file");
  // Emptied first: what failed once is not tried again.
  const std::string bytes = std::exchange(buffer_, {});
  Append(bytes);
}

void AtomicFile::Append(std::string_view bytes) {
  errno = 0;
  const size_t written = std::fwrite(bytes.data(), 1, bytes.size(), file_.get());
  const int problem = errno;
  if (written == bytes.size()) {
    part_bytes_ += static_cast<int64_t>(written);
    return;
  }
  [[maybe_unused]] const int ignored = ftruncate(fileno(file_.get()), part_bytes_);
  Fail(problem);
}

void AtomicFile::Commit() {
  Flush();
  std::error_code failure;
  // Where someone removed the folder, what is written goes nowhere.
  int problem = fs::exists(part_path_, failure) ? 0 : ENOENT;
  if (problem == 0 && options_.sync) problem = SyncToDisk(fileno(file_.get()));
  // Keeps the lock until the file has its name.
  const FilePtr lock(fdopen(dup(fileno(file_.get())), "wb"));
  // Some file systems report only here that the disk is full.
  if (problem == 0 && std::fclose(file_.release()) != 0) problem = errno;
  if (problem == 0) {
    fs::rename(part_path_, path_, failure);
    problem = failure.value();
  }
  if (problem != 0) {
    Close();
    Fail(problem);
  }
  if (options_.sync) SyncFolderOf(path_);
}

void AtomicFile::Fail(int problem) const {
  std::error_code ignored;
  if (!options_.keep_part || part_bytes_ == 0 || !fs::exists(part_path_, ignored)) {
    ThrowWriteError(path_.string(), problem);
  }
  try {
    ThrowWriteError(path_.string(), problem);
  } catch (const Error& error) {
    throw Error(
        fmt::format("{}. What was written before is in {}", error.what(), part_path_.string()));
  }
}

void AtomicFile::Close() noexcept {
  if (options_.keep_part && file_) {
    try {
      Flush();
    } catch (const std::exception&) {
      // A destructor cannot report it; what was written before stays.
    }
  }
  std::error_code ignored;
  if (!options_.keep_part || part_bytes_ == 0) fs::remove(part_path_, ignored);
  file_.reset();
}

void SyncFileSystemOf(const fs::path& folder) {
  const int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  syncfs(fd);
  close(fd);
}

}  // namespace nosetip
