// Measures the speed of contenders on the same frames.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "bench/compare/contenders.h"
#include "bench/compare/speed_table.h"
#include "tracker/core/geometry.h"

namespace nosetip {

struct ClipToMeasure {
  std::string path;  // RawClip::path
  SizePx frame_px;
  int warm_up_frames = 0;  // at its start; not measured
};

// Measures in this process, which must do nothing else, as its peak memory counts.
SpeedFigures MeasureSpeed(const ContenderFiles& files, const ClipToMeasure& clip);

struct SpeedSettings {
  std::string source;  // a video that shows one face; repeated at its end
  std::vector<ContenderFiles> contenders;
  ContenderFiles follower;  // a Nosetip that finds the face beforehand; not measured
  int frames = 100;
  int warm_up_frames = 10;
  // Measures in another process, and waits for it.
  std::function<SpeedFigures(const ContenderFiles&, const ClipToMeasure&)> measure;
  std::function<void(const SpeedRow&)> on_row = [](const SpeedRow&) {};
  std::stop_token stop{};
};

// At 400x300, 640x480 and 1280x720, with 1, 2 and 4 faces, one contender after the other on the
// same frames. One face is the clip scaled to fill the frame, more are copies of it in a grid
// (CopiesOfFace). After a stop it returns the rows so far. Throws Error for a clip that cannot be
// read or shows no face.
std::vector<SpeedRow> CompareSpeed(const SpeedSettings& settings);

}  // namespace nosetip
