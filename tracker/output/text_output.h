// A text file that appears under its name only when it is complete.
#pragma once

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>

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

}  // namespace nosetip
