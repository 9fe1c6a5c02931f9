// The folder that a training writes into. Free of LibTorch.
#pragma once

#include <filesystem>
#include <utility>

namespace nosetip {

inline constexpr const char* kRunModel = "model.safetensors";  // averaged weights of the best epoch
inline constexpr const char* kRunState = "last.safetensors";   // all that is needed to resume
inline constexpr const char* kRunHistory = "history.csv";      // one row per epoch
inline constexpr const char* kRunOptions = "options.json";     // what the run was started with
inline constexpr const char* kRunMetrics = "metrics.json";     // figures, at the end

// While it lives, no other process can lock the folder. On file systems without locks it does
// nothing.
class RunLock {
 public:
  // Locks nothing where the folder does not exist. Throws Error where another process trains into
  // it.
  explicit RunLock(const std::filesystem::path& folder);
  ~RunLock();
  RunLock(RunLock&& other) noexcept : folder_fd_(std::exchange(other.folder_fd_, -1)) {}
  RunLock& operator=(RunLock&&) = delete;

 private:
  int folder_fd_ = -1;
};

// Throws Error where another process trains into the folder, where it holds a training and `resume`
// is off, or where it holds none and `resume` is on. For a check before minutes are spent on
// reading data.
void CheckRunFolder(const std::filesystem::path& folder, bool resume);

// Makes the same check with the folder locked, so that no other training can start in between. A
// new training's folder is created.
RunLock LockRunFolder(const std::filesystem::path& folder, bool resume);

}  // namespace nosetip
