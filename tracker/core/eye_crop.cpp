#include "tracker/core/eye_crop.h"

#include <algorithm>
#include <cmath>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

constexpr size_t kNoseBase = 33;
// Of the distance between the eyes.
constexpr float kCropWidth = 0.86F;
// From between the eyes to the base of the nose, in distances of the eyes: seen from the front it
// is less in nine of ten faces.
constexpr float kLongNose = 0.9F;

}  // namespace

PointsOfEye EyeOf(std::span<const Point2f> ibug68_px, size_t eye) {
  Check(ibug68_px.size() == 68, "the points of ibug68");
  PointsOfEye points;
  std::ranges::transform(kEyesOfIbug68.at(eye), points.begin(),
                         [&](size_t k) { return ibug68_px[k]; });
  return points;
}

std::optional<Affine2> EyeCropFromFrame(std::span<const Point2f> ibug68_px, size_t eye) {
  const Point2f left = Mean(EyeOf(ibug68_px, 0));
  const Point2f right = Mean(EyeOf(ibug68_px, 1));
  const float apart_px = Distance(left, right);
  const float nose_px = Distance(0.5F * (left + right), ibug68_px[kNoseBase]);
  const float unit_px = std::max(apart_px, nose_px / kLongNose);
  // Also false for what is not a number.
  if (!(apart_px > 1.0F && unit_px < static_cast<float>(kLargestWhole))) return std::nullopt;
  const float scale = static_cast<float>(kEyeCropPx.width) / (kCropWidth * unit_px);
  const float x = scale * (right.x - left.x) / apart_px;
  const float y = scale * (right.y - left.y) / apart_px;
  const float side = eye == 0 ? 1.0F : -1.0F;
  const Point2f center = eye == 0 ? left : right;
  const Point2f middle{0.5F * static_cast<float>(kEyeCropPx.width - 1),
                       0.5F * static_cast<float>(kEyeCropPx.height - 1)};
  Affine2 crop_from_frame{{side * x, side * y, 0.0F, -y, x, 0.0F}};
  const Point2f shifted = crop_from_frame.Apply(center);
  crop_from_frame.m[2] = middle.x - shifted.x;
  crop_from_frame.m[5] = middle.y - shifted.y;
  return crop_from_frame;
}

PointsOfEye MeanEyeWithLidsOf(const PointsOfEye& first, const PointsOfEye& second) {
  PointsOfEye mean;
  for (size_t i = 0; i < mean.size(); ++i) mean[i] = 0.5F * (first[i] + second[i]);
  for (const auto& [upper, lower] : kLidPairs) {
    const Point2f middle = 0.5F * (mean[upper] + mean[lower]);
    const Point2f half = 0.5F * (second[upper] - second[lower]);
    mean[upper] = middle + half;
    mean[lower] = middle - half;
  }
  return mean;
}

}  // namespace nosetip
