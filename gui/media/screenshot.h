// Screenshots: the frame, its overlay and its points.
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

// How faces are drawn into saved pictures and videos.
struct DrawnView {
  OverlayOptions overlay;
  bool mirrored = false;
};

// A picture of the frame with its faces, at the frame's size.
Image DrawView(const LiveFrame& live, const DrawnView& view);

struct ScreenshotOptions {
  std::filesystem::path folder;  // created where it is missing
  DrawnView view;
  std::string source{};  // as LiveStatus names it
  std::string model{};   // for the reader; may be empty
  WallTime taken_at = std::chrono::system_clock::now();
};

struct ScreenshotFiles {
  std::filesystem::path overlay;  // screenshot_DATE_TIME.png
  std::filesystem::path clean;    // ..._clean.png: the frame without overlay, never mirrored
  std::filesystem::path points;   // .json, in pixels of the clean picture; see docs/formats.md
};

// Writes the three files, the overlay last, and replaces none. Takes tenths of a second for a large
// frame. Throws Error where one cannot be written; none is left then.
ScreenshotFiles SaveScreenshot(const LiveFrame& live, const ScreenshotOptions& options);

struct ScreenshotStatus {
  int waiting = 0;  // not yet saved
  int saved = 0;    // since the start
  std::optional<ScreenshotFiles> latest;
  std::string message;  // why the latest was not saved, and what to do; else empty
};

// Draws and writes on a thread of its own. Used by the thread of the window, which waits only in
// the destructor, until all screenshots are saved.
class ScreenshotSaver {
 public:
  static constexpr int kMaxWaiting = 3;

  ScreenshotSaver();
  ~ScreenshotSaver();
  ScreenshotSaver(const ScreenshotSaver&) = delete;
  ScreenshotSaver& operator=(const ScreenshotSaver&) = delete;

  // Refused with a message while kMaxWaiting are waiting.
  void Save(LiveFrame live, ScreenshotOptions options);
  ScreenshotStatus Status() const;

 private:
  struct Job {
    LiveFrame live;
    ScreenshotOptions options;
  };
  void Run(const std::stop_token& stop);
  void Handle(const Job& job);

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<Job> jobs_;
  ScreenshotStatus status_;
  std::jthread thread_;  // last, so that it ends before what it uses goes
};

}  // namespace nosetip
