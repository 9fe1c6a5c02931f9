// Runs the comparison of speed.
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
  int warm_up_frames = 0;  // at its start, that do not count
};

// In this process, which must have done nothing else: its peak of memory counts.
SpeedFigures MeasureSpeed(const ContenderFiles& files, const ClipToMeasure& clip);

struct SpeedSettings {
  std::string source;  // a video that shows one face; read again at its end
  std::vector<ContenderFiles> contenders;
  ContenderFiles follower;  // the Nosetip that tells where the face is, outside what is measured
  int frames = 100;
  int warm_up_frames = 10;
  // Measures in a process of its own, and waits for it.
  std::function<SpeedFigures(const ContenderFiles&, const ClipToMeasure&)> measure;
  std::function<void(const SpeedRow&)> on_row = [](const SpeedRow&) {};
  std::stop_token stop{};
};

// At 400x300, 640x480 and 1280x720, with 1, 2 and 4 faces: one after the other, all contenders on
// the same frames. One face is the clip scaled to fill the frame, more are copies of it in a grid
// (CopiesOfFace). A stop leaves out the rows that are not measured yet. Throws Error for a clip
// that cannot be read or shows no face.
std::vector<SpeedRow> CompareSpeed(const SpeedSettings& settings);

}  // namespace nosetip
