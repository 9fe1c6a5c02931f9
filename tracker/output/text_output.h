// A text file that appears under its name only when it is complete.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>

#include "tracker/core/error.h"

namespace nosetip {

// Written as NAME.part beside its final place; Finish() gives it its name, replacing an older file
// of that name. Without Finish() the destructor removes it. What was written reaches the disk at
// least once a second while there is something to write, so that NAME.part of a killed program
// holds almost everything.
//
// A place that holds something else than a file, such as a folder or a device, is refused: renaming
// would put a file in its stead. Every failure (no such folder, no permission, no space) throws
// Error naming the file.
class TextOutput {
 public:
  explicit TextOutput(std::filesystem::path path);
  ~TextOutput();
  TextOutput(TextOutput&&) noexcept = default;
  TextOutput& operator=(TextOutput&&) = delete;

  void Write(std::string_view text);
  void Finish();
  const std::filesystem::path& path() const { return path_; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  [[noreturn]] void Fail(std::string_view what) const;

  std::filesystem::path path_;
  std::filesystem::path part_path_;
  std::unique_ptr<std::FILE, Close> file_;
  std::chrono::steady_clock::time_point flushed_at_;
};

// A text file that is read while it is written.

// Under its own name from the start, and handed to the system with each Write: a program that is
// killed leaves all that was written. TextOutput is for files that are only good as a whole.
//
// Never replaces a file. Every failure throws Error naming the file; after one in Write the file
// ends where the Write before ended, and nothing more may be written.
class GrowingText {
 public:
  explicit GrowingText(std::filesystem::path path);

  void Write(std::string_view text);
  int64_t bytes() const { return bytes_; }
  const std::filesystem::path& path() const { return path_; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  [[noreturn]] void Fail(std::string_view what) const;

  std::filesystem::path path_;
  std::unique_ptr<std::FILE, Close> file_;
  int64_t bytes_ = 0;
};

// Files that a command writes.

// Written beside and renamed. Throws Error that names the file where that fails.
inline void SaveText(const std::filesystem::path& path, std::string_view text) {
  TextOutput file(path);
  file.Write(text);
  file.Finish();
}

// Before minutes of work whose result could not be written. Throws Error where the file's folder is
// not there.
inline void CheckFolderOf(const std::filesystem::path& file) {
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  std::error_code ignored;
  if (std::filesystem::is_directory(folder, ignored)) return;
  throw Error("there is no folder " + folder.string() + " for --out; create it or choose another");
}

}  // namespace nosetip
