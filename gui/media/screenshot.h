// Screenshots: what the live app shows, and what it was made from.
#pragma once

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "gui/media/media_names.h"
#include "tracker/core/image.h"
#include "tracker/live/live_status.h"
#include "tracker/vision/overlay.h"

namespace nosetip {

// How faces are drawn into what is saved.
struct DrawnView {
  OverlayOptions overlay;
  bool mirrored = false;
};

// A picture of the frame with its faces, at the frame's size.
Image DrawView(const LiveFrame& live, const DrawnView& view);

struct ScreenshotOptions {
  std::filesystem::path folder;  // is made where it is missing
  DrawnView view;
  std::string source{};  // as LiveStatus names it
  std::string model{};   // of the landmarks, for the reader; may be empty
  WallTime taken_at = std::chrono::system_clock::now();
};

struct ScreenshotFiles {
  std::filesystem::path overlay;  // screenshot_DATE_TIME.png
  std::filesystem::path clean;    // ..._clean.png: the frame as it came, never mirrored
  std::filesystem::path points;   // .json, in the clean picture's pixels; see picture_json.h
};

// Writes the three, each beside and renamed, the overlay last; replaces nothing. Takes tenths of a
// second for a large frame. Throws Error where one cannot be written, and leaves none then.
ScreenshotFiles SaveScreenshot(const LiveFrame& live, const ScreenshotOptions& options);

// Saves screenshots beside the window.

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
