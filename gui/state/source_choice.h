// What the app shows when it starts.
#pragma once

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "gui/state/settings.h"
#include "tracker/sources/cameras.h"
#include "tracker/sources/frame_source.h"

namespace nosetip {

struct FirstSource {
  std::string source;
  std::string banner;  // what the user should know about the choice; else empty
};

struct FirstSourceChoices {
  std::string asked;  // on the command line; may be empty
  std::string last;   // of the settings; may be empty
  std::vector<CameraEntry> cameras;
  std::string sample_clip;
};

// What was asked for; else the last source where it is still there; else the first camera; else the
// sample clip, and says so.
FirstSource ChooseFirstSource(const FirstSourceChoices& choices);

// A folder whose pictures and videos are looked at one after another.

struct FolderSource {
  std::string folder;
  std::vector<std::string> files;  // sorted by name; see ListInputs
};

// Nothing where `source` is no folder. Throws Error for one that holds nothing usable.
std::optional<FolderSource> FolderOfSources(const std::string& source);

// The file so many places after `current`, which need not be among them; empty beyond the ends.
std::string FileAfter(const FolderSource& folder, const std::string& current, int places);

// What a source is, in words.

// "640 x 480, 30 frames/s"; without the rate where there is none, as of a picture.
inline std::string SizeAndRate(const SourceInfo& info) {
  char text[64];
  std::snprintf(text, sizeof text, "%d x %d", info.width_px, info.height_px);
  std::string size_and_rate = text;
  if (info.frame_rate_hz > 0.0) {
    std::snprintf(text, sizeof text, ", %.4g frames/s", info.frame_rate_hz);
    size_and_rate += text;
  }
  return size_and_rate;
}

}  // namespace nosetip
