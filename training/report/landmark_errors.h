// Pictures of each landmark's error: which points a model locates well, and which badly.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"

namespace nosetip {

struct LandmarkErrors {
  std::vector<double> errors;  // mean error of each point; one or more, not negative
  std::string unit;            // "% of the outer-eye distance"
};

// One bar per point in the order of their numbers, from 0, and a line at their mean. 960 x 600
// pixels.
Image DrawLandmarkBars(const LandmarkErrors& errors);

struct LandmarkPlaces {
  Image face;
  std::vector<Point2f> points_px;          // in the face's picture, one per error
  std::vector<std::pair<int, int>> edges;  // lines to draw between them; may be empty
};

// The face, enlarged, with each point's number and a circle whose area grows with the error, in the
// colors of the bars. 960 pixels wide; the height follows from the face's shape.
Image DrawLandmarkMap(const LandmarkErrors& errors, const LandmarkPlaces& places);

}  // namespace nosetip
