#include "training/evaluation/face_errors.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tracker/core/error.h"

namespace nosetip {

CoordinateErrors MeanOf(std::span<const CoordinateErrors> faces) {
  CoordinateErrors mean;
  const auto count = static_cast<double>(std::max<size_t>(faces.size(), 1));
  for (const CoordinateErrors& face : faces) {
    mean.mae_px += face.mae_px / count;
    mean.mse_px2 += face.mse_px2 / count;
    mean.mse_relative += face.mse_relative / count;
  }
  return mean;
}

std::string_view ErrorUnit(const LandmarkSchema& schema) {
  return schema.outer_eye_corners ? "outer-eye distance" : "picture's diagonal";
}

double ErrorUnitPx(const TruePoints& truth, const LandmarkSchema& schema) {
  const SizePx photograph = truth.photograph_px;
  if (!schema.outer_eye_corners) {
    return std::hypot(static_cast<float>(photograph.width), static_cast<float>(photograph.height)) /
           truth.photograph_per_pixel;
  }
  const auto [left, right] = *schema.outer_eye_corners;
  const float eyes = Distance(truth.points_px[static_cast<size_t>(left)],
                              truth.points_px[static_cast<size_t>(right)]);
  if (!(eyes > 0.0F)) throw Error("both eye corners are at the same point");
  return eyes;
}

FaceErrors ErrorsOfFace(std::span<const Point2f> found_px, const TruePoints& truth,
                        double unit_px) {
  Check(found_px.size() == truth.points_px.size(), "as many points found as true ones");
  FaceErrors errors;
  CoordinateErrors& sums = errors.coordinates;
  const auto add = [&sums](double off_px, double side_px) {
    sums.mae_px += std::abs(off_px);
    sums.mse_px2 += off_px * off_px;
    sums.mse_relative += off_px * off_px / (side_px * side_px);
  };
  for (size_t k = 0; k < found_px.size(); ++k) {
    errors.landmarks.push_back(100.0 * Distance(found_px[k], truth.points_px[k]) / unit_px);
    const Point2f off = truth.photograph_per_pixel * (found_px[k] - truth.points_px[k]);
    add(off.x, truth.photograph_px.width);
    add(off.y, truth.photograph_px.height);
  }
  const auto points = static_cast<double>(found_px.size());
  errors.nme = std::accumulate(errors.landmarks.begin(), errors.landmarks.end(), 0.0) / points;
  for (double* sum : {&sums.mae_px, &sums.mse_px2, &sums.mse_relative}) *sum /= 2.0 * points;
  return errors;
}

}  // namespace nosetip
