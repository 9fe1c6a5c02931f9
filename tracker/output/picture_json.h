// What was found in one picture, as a JSON file beside it.
#pragma once

#include <filesystem>
#include <string>

#include "tracker/core/face.h"
#include "tracker/core/geometry.h"

namespace nosetip {

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

// One object: the members above, and under "faces" what a line of jsonl_writer.h has. Throws Error
// where the file cannot be written; see TextOutput for when it appears.
void WritePictureJson(const std::filesystem::path& path, const PictureRecord& record);

}  // namespace nosetip
