// The results of a comparison of speed, for people and for programs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tracker/core/environment.h"
#include "tracker/core/geometry.h"
#include "training/report/plot.h"

namespace nosetip {

// One program on one clip.
struct SpeedFigures {
  int frames = 0;
  double frames_per_s = 0.0;  // of the timed part: finding faces and their points
  double p50_ms = 0.0;
  double p99_ms = 0.0;           // nearest rank
  double cpu_s_per_frame = 0.0;  // of all threads of the process
  double peak_mb = 0.0;          // peak memory of the process in 10^6 bytes, with one frame in it
  double found = 0.0;            // faces per frame, on average
  std::string how;               // Contender::how
};

std::string SpeedFiguresJson(const SpeedFigures& figures);
// Throws Error for anything but the output of SpeedFiguresJson.
SpeedFigures ParseSpeedFigures(std::string_view json);

struct SpeedRow {
  SizePx frame_px;
  int faces = 0;
  std::string program;
  SpeedFigures figures;
};

struct SpeedComparison {
  Environment environment;
  std::string dlib_version;
  std::string gpu;  // its name, or "not run (REASON)"
  std::string source;
  int warm_up_frames = 0;
  std::vector<SpeedRow> rows;  // rows of one clip are neighbors
};

// Names of programs: that of dlib, and the beginning of those of Nosetip's models.
inline constexpr std::string_view kDlibName = "dlib";
inline constexpr std::string_view kNosetipPrefix = "Nosetip ";

// Markdown: the machine and programs, and one row per program and clip. `x dlib` is the frame rate
// divided by that of dlib on the same clip, "-" where that was not measured.
std::string SpeedText(const SpeedComparison& comparison);
std::string SpeedJson(const SpeedComparison& comparison);

// Milliseconds per frame (p50), one line per program or model: over the number of faces at 640x480,
// and over the frame's size in megapixels with one face. Lines without points are left out.
Plot CostByFaces(const SpeedComparison& comparison);
Plot CostBySize(const SpeedComparison& comparison);

}  // namespace nosetip
