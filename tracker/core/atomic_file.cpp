#include "tracker/core/atomic_file.h"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fmt/core.h>
#include <unistd.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

fs::path FolderOf(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

fs::path PartPath(const fs::path& path, PartName name) {
  if (name == PartName::kAppended) return path.string() + ".part";
  return FolderOf(path) /
         fmt::format(".{}.part{}", path.stem().string(), path.extension().string());
}

bool IsFullDisk(int problem) { return problem == ENOSPC || problem == EDQUOT || problem == EFBIG; }

// False with errno where the data is not on the disk. Not every file system and no device knows how
// to: that is no failure.
bool SyncToDisk(std::FILE* file) {
  return fsync(fileno(file)) == 0 || errno == EINVAL || errno == ENOTSUP;
}

}  // namespace

AtomicFile::AtomicFile(fs::path path, const AtomicFileOptions& options)
    : path_(std::move(path)), part_path_(PartPath(path_, options.part_name)), sync_(options.sync) {
  std::error_code ignored;
  if (fs::exists(path_, ignored) && !fs::is_regular_file(path_, ignored)) {
    throw Error(
        fmt::format("{} is a folder or a device, not a file; choose another name", path_.string()));
  }
  errno = 0;
  file_.reset(std::fopen(part_path_.c_str(), "wb"));
  if (!file_) ThrowWriteError(path_, errno);
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept = default;

AtomicFile::~AtomicFile() {
  if (file_) RemovePart();
}

void AtomicFile::Write(std::string_view bytes) {
  Check(IsOpen(), "writing to a finished file");
  errno = 0;
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size()) {
    ThrowWriteError(path_, errno);
  }
}

void AtomicFile::Flush() {
  Check(IsOpen(), "writing to a finished file");
  errno = 0;
  if (std::fflush(file_.get()) != 0) ThrowWriteError(path_, errno);
}

void AtomicFile::Commit() {
  Flush();
  if (sync_ && !SyncToDisk(file_.get())) ThrowWriteError(path_, errno);
  // Some file systems report only here that the disk is full.
  int problem = std::fclose(file_.release()) == 0 ? 0 : errno;
  if (problem == 0) {
    std::error_code failure;
    fs::rename(part_path_, path_, failure);
    problem = failure.value();
  }
  if (problem == 0) return;
  RemovePart();
  ThrowWriteError(path_, problem);
}

void AtomicFile::RemovePart() {
  file_.reset();
  std::error_code ignored;
  fs::remove(part_path_, ignored);
}

void ThrowWriteError(const fs::path& path, int problem) {
  const std::string name = path.string();
  const fs::path folder = FolderOf(path);
  std::error_code ignored;
  if (IsFullDisk(problem)) {
    throw Error(fmt::format(
        "{} cannot be written: the disk is full; free some space or choose another folder", name));
  }
  if (!fs::is_directory(folder, ignored)) {
    throw Error(
        fmt::format("{} cannot be written: there is no folder {}; create it or choose another",
                    name, folder.string()));
  }
  const std::string reason = problem == 0 ? "" : ": " + std::generic_category().message(problem);
  throw Error(fmt::format("{} cannot be written{}; {}", name, reason,
                          problem == EEXIST
                              ? "choose another name"
                              : "check the permissions of its folder or choose another"));
}

}  // namespace nosetip
