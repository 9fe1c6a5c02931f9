// The known path of the camera that a clip was made with: docs/formats.md, "Camera path".
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tracker/core/geometry.h"

namespace nosetip {

struct CameraPath {
  std::string file;
  SizePx frame_px;
  std::vector<Affine2> frame_from_picture;  // one per frame
};

// Throws Error that names the file and, where a row is wrong, its line.
CameraPath ReadCameraPath(const std::string& file);
// The same for the text of `file`.
CameraPath ParseCameraPath(const std::string& file, std::string_view text);

// "clip.path.csv" for "clip.mp4".
std::filesystem::path CameraPathBeside(const std::string& source);

// Throws Error where the path of a clip of so many frames has another number of rows. It may have
// more where the clip was not read to its end.
void CheckFrameCount(const CameraPath& path, int64_t frames, bool to_its_end);

}  // namespace nosetip
