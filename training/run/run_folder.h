// One training a folder.
#pragma once

#include <filesystem>

namespace nosetip {

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

}  // namespace nosetip
