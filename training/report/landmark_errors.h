// Which points a model finds well and which badly.
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

// A bar a point in the order of their numbers, from 0, and a line at their mean. 960 x 600 pixels.
Image DrawLandmarkBars(const LandmarkErrors& errors);

struct LandmarkPlaces {
  Image face;
  std::vector<Point2f> points_px;          // in the face's picture, one an error
  std::vector<std::pair<int, int>> edges;  // lines to draw between them; may be empty
};

// The face, enlarged, with each point's number and a circle whose area and color grow with the
// error, the colors as in the bars. 960 pixels wide, about as high as the face's shape asks for.
Image DrawLandmarkMap(const LandmarkErrors& errors, const LandmarkPlaces& places);

}  // namespace nosetip
