// The known path of the camera that a clip was made with: docs/formats.md, "Camera path".
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "tracker/cli/output_plan.h"
#include "tracker/core/geometry.h"

namespace nosetip {

struct CameraPath {
  std::string file;
  SizePx frame_px;
  std::vector<Affine2> frame_from_picture;  // one a frame
};

// Throws Error that names the file and, where a row is wrong, its line.
CameraPath ReadCameraPath(const std::string& file);

// "clip.path.csv" for "clip.mp4".
std::filesystem::path CameraPathBeside(const std::string& source);

// By table of the plan: those of `tables` whose clip has a path. `named` is the path of the only
// clip; where it is empty, a video file has the path that lies beside it. Throws Error for a path
// that cannot be read, or is of frames of another size than the clip's. A clip that cannot be
// opened has none; that is said when it is tracked.
std::map<size_t, CameraPath> FindCameraPaths(const OutputPlan& plan, std::span<const size_t> tables,
                                             const std::string& named);

// Throws Error where a clip of so many frames has another number of rows in its path. More rows are
// right where the clip was not read to its end.
void CheckFrameCount(const CameraPath& path, int64_t frames, bool to_its_end);

}  // namespace nosetip
