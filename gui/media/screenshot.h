// Screenshots: what the live app shows, and what it was made from.
#pragma once

#include <filesystem>
#include <string>

#include "gui/media/media_names.h"
#include "tracker/core/image.h"
#include "tracker/live/live_frame.h"
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

}  // namespace nosetip
