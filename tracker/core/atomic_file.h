// A file that appears under its name only when it is whole.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "tracker/core/locked_file.h"

namespace nosetip {

struct AtomicFileOptions {
  // Whether the data is on the disk before the file gets its name, so that it is whole after a
  // power failure, too. Takes 2 to 5 ms for a small file: not for one file per frame.
  bool sync = true;
  // Whether what was written stays at part_path() where Commit() is not reached, as the rows of
  // hours do. Errors in Write then say so.
  bool keep_part = false;
};

// Written to NAME.EXT.part beside its place; Commit() gives it its name and replaces an older file
// of that name. Without Commit() the destructor removes the part, or keeps it (`keep_part`).
//
// A part is locked: a second process that writes the same file gets an Error, and the part of one
// that was killed is replaced. A place that holds something else than a file, such as a folder or a
// device, is refused, as renaming would replace it. Every failure (no such folder, no permission,
// disk full) throws Error that names the file.
class AtomicFile {
 public:
  explicit AtomicFile(std::filesystem::path path, const AtomicFileOptions& options = {});
  ~AtomicFile();
  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;

  // Buffered. The part holds whole Writes only, also after a full disk or where the program is
  // killed.
  void Write(std::string_view bytes);
  // Hands what was written to the system, which keeps it when the program is killed.
  void Flush();
  void Commit();
  // Whether Write and Commit may be called: not after Commit().
  bool IsOpen() const { return file_ != nullptr; }

  const std::filesystem::path& path() const { return path_; }
  const std::filesystem::path& part_path() const { return part_path_; }
  int64_t bytes() const { return part_bytes_ + static_cast<int64_t>(buffer_.size()); }

 private:
  void Append(std::string_view bytes);
  [[noreturn]] void Fail(int problem) const;
  void Close() noexcept;

  std::filesystem::path path_;
  std::filesystem::path part_path_;
  AtomicFileOptions options_;
  FilePtr file_;  // null after Commit() and in what was moved from
  std::string buffer_;
  int64_t part_bytes_ = 0;
};

// Returns when all files of the file system of `folder` are on the disk, for many that were written
// without `sync`. A failure is ignored.
void SyncFileSystemOf(const std::filesystem::path& folder);

}  // namespace nosetip
