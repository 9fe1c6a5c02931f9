// Tracking results as JSON lines: one object a frame, one frame a line.
//
//   {"file": "clip.mp4", "frame": 0, "timestamp": 0.0, "faces": [
//     {"id": 0, "confidence": 0.98, "box": [x, y, width, height], "points": [[x, y], ...],
//      "point_confidence": [...] or absent,
//      "pose": {"translation_mm": [x, y, z], "rotation_rad": [x, y, z]} or null}]}
//
// Boxes and points are in 0-based picture pixels, timestamps in seconds. A frame without a face has
// an empty list. Numbers that are not finite become null.
#pragma once

#include <filesystem>
#include <string_view>

#include "tracker/core/face.h"
#include "tracker/output/text_output.h"

namespace nosetip {

// Throws Error where the file cannot be written. See TextOutput for when it appears.
class JsonlWriter {
 public:
  explicit JsonlWriter(const std::filesystem::path& path) : file_(path) {}

  void Write(const TrackResult& result, std::string_view file_name);
  void Finish() { file_.Finish(); }

 private:
  TextOutput file_;
};

}  // namespace nosetip
