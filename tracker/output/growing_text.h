// A text file that is read while it is written.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>

namespace nosetip {

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

}  // namespace nosetip
