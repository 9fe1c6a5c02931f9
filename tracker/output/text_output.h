// Text files: those that appear when they are complete, and those that are read while they grow.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>

#include "tracker/core/atomic_file.h"

namespace nosetip {

// An AtomicFile, NAME.part until Finish(). What was written is handed to the system at least once a
// second while there is something to write, so that NAME.part of a killed program holds almost
// everything. It also stays where the file is not finished. Every failure throws Error that names
// the file.
class TextOutput {
 public:
  explicit TextOutput(std::filesystem::path path);

  void Write(std::string_view text);
  void Finish() { file_.Commit(); }
  const std::filesystem::path& path() const { return file_.path(); }

 private:
  AtomicFile file_;
  std::chrono::steady_clock::time_point flushed_at_;
};

// Has its name from the start, and hands each Write to the system: a program that is killed leaves
// all that was written. Killed within a Write, it may leave half of that.
//
// Never replaces a file. Every failure throws Error that names the file; after one in Write the
// file ends where the Write before ended, and nothing more may be written.
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

  std::filesystem::path path_;
  std::unique_ptr<std::FILE, Close> file_;
  int64_t bytes_ = 0;
};

// A whole file at once, as an AtomicFile.
void SaveText(const std::filesystem::path& path, std::string_view text,
              const AtomicFileOptions& options = {});

// To be called before minutes of work whose result could not be written: throws Error where the
// folder of `file`, which is a command's --out, does not exist.
void CheckFolderOf(const std::filesystem::path& file);

}  // namespace nosetip
