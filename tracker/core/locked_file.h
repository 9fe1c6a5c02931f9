// A new file that nobody else writes at the same time.
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

namespace nosetip {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using FilePtr = std::unique_ptr<std::FILE, CloseFile>;

// Creates `path`, unbuffered, and locks it (flock) for as long as it is open. What is there is
// replaced where nobody holds it, as after a program was killed; a link is removed, not followed.
//
// Throws Error that names `wanted`, which is what the file is for, where another process or thread
// holds the lock (with its number), and where the file cannot be created. File systems without
// locks are taken as they are.
FilePtr CreateLocked(const std::filesystem::path& path, const std::string& wanted);

// Throws Error that says that `path` cannot be written, why (`problem` is an errno, 0 where that is
// not known) and what to do.
[[noreturn]] void ThrowWriteError(const std::string& path, int problem);

}  // namespace nosetip
