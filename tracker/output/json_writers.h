// Tracking results as JSON: one line per frame of a clip, or one file for a picture.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "tracker/core/face.h"
#include "tracker/core/geometry.h"
#include "tracker/output/text_output.h"

namespace nosetip {

struct JsonOptions {
  bool signals = false;  // of faces that have them
  bool unix_time = false;
};

// One object per frame, on one line that ends with a line break:
//
//   {"file": "clip.mp4", "frame": 0, "timestamp": 0.0, "faces": [
//     {"id": 0, "confidence": 0.98, "box": [x, y, width, height],
//      "points": [[x, y], ...] or absent, "point_confidence": [...] or absent,
//      "pose": {"translation_mm": [x, y, z], "rotation_rad": [x, y, z],
//               "camera": {"fx": ..., "fy": ..., "cx": ..., "cy": ...}} or null,
//      "points_mm": [[X, Y, Z], ...] or absent,
//      "signals": {"eye_open_right": 1.0, ...} or absent, "signal_confidence": {...} likewise,
//      "blink": {"start": 1.2, "end": 1.4, "depth": 0.9} or absent}]}
//
// Signals have the names of SignalInfos; a blink is in the frame where it ends.
//
// Where asked for, "unix_time" follows the timestamp: a number, or null where it is not known.
// Boxes and points are in 0-based picture pixels, times in seconds. A frame without a face has an
// empty list. Numbers that are not finite become null.
std::string JsonLine(const TrackResult& result, std::string_view file_name,
                     const JsonOptions& options = {},
                     std::optional<double> unix_time_s = std::nullopt);

// A file of such lines. Throws Error where it cannot be written; see TextOutput for when it
// appears.
class JsonlWriter {
 public:
  explicit JsonlWriter(const std::filesystem::path& path, const JsonOptions& options = {})
      : file_(path), options_(options) {}

  void Write(const TrackResult& result, std::string_view file_name,
             std::optional<double> unix_time_s = std::nullopt) {
    file_.Write(JsonLine(result, file_name, options_, unix_time_s));
  }
  void Finish() { file_.Finish(); }

 private:
  TextOutput file_;
  JsonOptions options_;
};

// What was found in one picture.
struct PictureRecord {
  std::string picture;  // file name of the picture that the points belong to
  std::string overlay;  // file name of the same with the faces drawn
  bool overlay_mirrored = false;
  std::string taken_at;  // "2026-11-24T19:01:17.123+0100"
  std::string source;    // a path, a camera's index or an address
  std::string model;     // of the landmarks; may be empty
  std::string schema;    // "ibug68"; empty where there was no model
  SizePx size_px;
  TrackResult result;  // its frame id and timestamp are the source's
};

// One object: the members above, and "faces" as in a line of JsonlWriter. Throws Error
// where the file cannot be written; see TextOutput for when it appears.
void WritePictureJson(const std::filesystem::path& path, const PictureRecord& record);

}  // namespace nosetip
