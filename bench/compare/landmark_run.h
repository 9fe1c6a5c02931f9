// Compares the landmarks of Nosetip's models and dlib's on the same pictures in the same boxes.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "bench/compare/comparable_errors.h"
#include "tracker/model/landmarker.h"

namespace nosetip {

struct LandmarkSettings {
  std::string data;                 // a data set of imm58 or ibug68
  std::vector<std::string> models;  // .safetensors files with ibug68
  std::string dlib_model;
  std::string detector;  // Nosetip's
  DeviceChoice device;   // of Nosetip's models
  int threads = 0;
  std::function<void(size_t done, size_t all)> on_picture = [](size_t, size_t) {};
};

struct LandmarkComparison {
  std::vector<LandmarkRow> rows;
  size_t points = 0;                  // compared per face
  std::vector<std::string> how;       // how each of Nosetip's models ran
  std::vector<std::string> problems;  // skipped faces, each with the reason
};

// Both detectors look for each face. Of a detector's boxes the best one counts, if it overlaps the
// bounds of the true points by at least 0.3. Each model gets the boxes of its own detector, and
// those of the other mapped to what its own would look like: the mapping is the median over the
// faces that both found. Nosetip's models locate twice, the second time around their first points,
// as the tracker does. Throws Error for a data set or model that cannot be read or has other
// points.
LandmarkComparison CompareLandmarks(const LandmarkSettings& settings);

}  // namespace nosetip
