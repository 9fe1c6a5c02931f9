// A file that appears under its name only when it is whole.
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>

namespace nosetip {

// What the unfinished file is called, beside its final place.
enum class PartName {
  kAppended,  // NAME.EXT.part
  kHidden     // .NAME.part.EXT, for encoders, which choose the format by the extension
};

struct AtomicFileOptions {
  PartName part_name = PartName::kAppended;
  // Whether the data is on the disk before the file gets its name, so that it is whole after a
  // power failure, too. Takes 2 to 5 ms for a small file: not for one file per
  // picture, nor on the thread of a window.
  bool sync = true;
};

// Written beside its final place; Commit() gives it its name and replaces an older file of that
// name. Without Commit() the destructor removes it.
//
// A place that holds something else than a file, such as a folder or a device, is refused, as
// renaming would replace it. Every failure (no such folder, no permission, disk full) throws Error
// that names the file.
class AtomicFile {
 public:
  explicit AtomicFile(std::filesystem::path path, const AtomicFileOptions& options = {});
  ~AtomicFile();
  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;

  // Buffered. Others may write to part_path() instead, where it is empty from the start.
  void Write(std::string_view bytes);
  // Hands what was written to the system, which keeps it when the program is killed.
  void Flush();
  void Commit();
  // Whether Write and Commit may be called: not after Commit().
  bool IsOpen() const { return file_ != nullptr; }

  const std::filesystem::path& path() const { return path_; }
  const std::filesystem::path& part_path() const { return part_path_; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  void RemovePart();

  std::filesystem::path path_;
  std::filesystem::path part_path_;
  bool sync_;
  std::unique_ptr<std::FILE, Close> file_;  // null after Commit() and in what was moved from
};

// Throws Error that says that `path` cannot be written, why (`problem` is an errno, 0 where that is
// not known) and what to do.
[[noreturn]] void ThrowWriteError(const std::filesystem::path& path, int problem);

}  // namespace nosetip
