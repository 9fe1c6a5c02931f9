// Saves screenshots beside the window.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "gui/media/screenshot.h"

namespace nosetip {

struct ScreenshotStatus {
  int waiting = 0;  // not yet on the disk
  int saved = 0;    // since the start
  std::optional<ScreenshotFiles> latest;
  std::string message;  // why the latest was not saved, and what to do; else empty
};

// One thread of its own draws and writes; used by one thread, that of the UI, which never waits but
// in the destructor: for the screenshots that are still to be saved.
class ScreenshotSaver {
 public:
  static constexpr int kMostWaiting = 3;

  ScreenshotSaver();
  ~ScreenshotSaver();
  ScreenshotSaver(const ScreenshotSaver&) = delete;
  ScreenshotSaver& operator=(const ScreenshotSaver&) = delete;

  // Where kMostWaiting wait already this one is not taken, and the message says so.
  void Save(LiveFrame live, ScreenshotOptions options);
  ScreenshotStatus Status() const;

 private:
  struct Job {
    LiveFrame live;
    ScreenshotOptions options;
  };
  void Run(const std::stop_token& stop);
  void Do(const Job& job);

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<Job> jobs_;
  ScreenshotStatus status_;
  std::jthread thread_;  // last, so that it ends before what it uses goes
};

}  // namespace nosetip
