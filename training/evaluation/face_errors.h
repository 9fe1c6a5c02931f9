// How far the points found of a face are from its true ones. Free of LibTorch.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {

// Means over all coordinates, x and y alike: of a face, or of faces with as many points each.
struct CoordinateErrors {
  double mae_px = 0.0;        // mean absolute error in pixels of the photographs
  double mse_px2 = 0.0;       // mean squared error in squared pixels
  double mse_relative = 0.0;  // mean squared error, x in photographs' widths and y in their heights
};

CoordinateErrors MeanOf(std::span<const CoordinateErrors> faces);

struct FaceErrors {
  std::vector<double> landmarks;  // the distance of each point from the truth, percent of the unit
  double nme = 0.0;               // their mean
  CoordinateErrors coordinates;
};

// A face's true points, in pixels of a picture that shows a photograph or a part of it.
struct TruePoints {
  std::span<const Point2f> points_px;
  SizePx photograph_px;               // in its own pixels
  float photograph_per_pixel = 1.0F;  // its pixels per pixel of the picture
};

// What errors are in percent of: the distance of the outer eye corners; where the schema has none,
// the diagonal of the photograph.
std::string_view ErrorUnit(const LandmarkSchema& schema);
// The same in pixels of the picture. Throws Error where both eye corners are at the same point.
double ErrorUnitPx(const TruePoints& truth, const LandmarkSchema& schema);

// `found_px` are as many as the true points, in the same order and pixels.
FaceErrors ErrorsOfFace(std::span<const Point2f> found_px, const TruePoints& truth, double unit_px);

}  // namespace nosetip
