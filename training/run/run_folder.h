// The folder that a training writes into: model.ntm (the best epoch's averaged weights so far),
// last.ntc (all that is needed to resume), history.csv and options.json. Free of LibTorch.
#pragma once

#include <filesystem>

namespace nosetip {

inline constexpr const char* kRunModel = "model.ntm";
inline constexpr const char* kRunState = "last.ntc";
inline constexpr const char* kRunHistory = "history.csv";
inline constexpr const char* kRunOptions = "options.json";

// While it lives, no other process has one for this folder. File systems without locks are trusted.
class RunLock {
 public:
  // The folder is there. Throws Error where another process trains into it.
  explicit RunLock(const std::filesystem::path& folder);
  ~RunLock();
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;

 private:
  int folder_fd_ = -1;
};

// What can be said before minutes are spent on reading data. Throws Error where another process
// trains into the folder, where it holds a training and `resume` is off, or holds none and `resume`
// is on.
void CheckRunFolder(const std::filesystem::path& folder, bool resume);

}  // namespace nosetip
