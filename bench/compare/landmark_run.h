// Runs the comparison of landmarks: Nosetip's models and dlib's on the same pictures in the same
// boxes.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "bench/compare/landmark_table.h"
#include "tracker/model/landmarker.h"

namespace nosetip {

struct LandmarkSettings {
  std::string data;                 // a data set of imm58 or ibug68
  std::vector<std::string> models;  // .ntm files with ibug68
  std::string dlib_model;
  std::string detector;  // Nosetip's
  DeviceChoice device;   // of Nosetip's models
  int threads = 0;
  std::function<void(size_t done, size_t all)> on_picture = [](size_t, size_t) {};
};

struct LandmarkComparison {
  std::vector<LandmarkRow> rows;
  size_t points = 0;                  // that are compared
  std::vector<std::string> how;       // how each of Nosetip's models ran
  std::vector<std::string> problems;  // faces left out, each with the reason
};

// Each face is looked for by both detectors; of their boxes the one that fits it best counts, from
// an overlap of 0.3 with the bounds of its true points. dlib's model gets dlib's box as it is, and
// Nosetip's box as dlib would have drawn it: the medians over the faces that both found say how
// the boxes of one lie in those of the other. Nosetip's models get their own box, or dlib's box
// likewise, and locate twice, the second time around their first points, as the tracker does.
// Throws Error for a data set or model that cannot be read or has other points.
LandmarkComparison CompareLandmarks(const LandmarkSettings& settings);

}  // namespace nosetip
