#include "tracker/vision/head_pose.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <opencv2/calib3d.hpp>

#include "tracker/core/rotation.h"
#include "tracker/core/shape_fit.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

// Widths and heights start from adult means over both sexes in the North American norms of Farkas
// et al., "International Anthropometric Study of Facial Morphology", J. Craniofacial Surgery 16,
// 2005: ex-ex 89.5, en-en 32.5, ch-ch 52.4, n-sn 52.7, sn-gn 68.5, sn-prn 19.2 mm. The norms hold
// no depths, and iBUG's annotators put some points elsewhere (39 and 42 on the visible eye, outside
// the canthus; 27 below the nasion; 31 and 35 inside the alae). There the values are rounded ones
// that leave no systematic error when the model is fitted to hand-labeled photographs.
constexpr ModelPoint kModel[] = {
    {36, {-44.5, 0.0, -1.0}},                              // outer corners of the eyes
    {45, {44.5, 0.0, -1.0}},    {39, {-19.0, 2.0, -7.0}},  // inner corners of the eyes
    {42, {19.0, 2.0, -7.0}},    {27, {0.0, -1.5, -21.0}},  // bridge of the nose
    {28, {0.0, 10.5, -28.0}},   {29, {0.0, 22.5, -36.0}},
    {30, {0.0, 34.5, -43.5}},    // tip of the nose
    {31, {-14.5, 43.5, -27.0}},  // base of the nose
    {33, {0.0, 48.0, -32.0}},   {35, {14.5, 43.5, -27.0}},
    {48, {-28.0, 67.5, -8.5}},                             // corners of the mouth
    {54, {28.0, 67.5, -8.5}},   {8, {0.0, 115.5, -12.0}},  // chin
};

cv::Matx33d CameraMatrix(const PinholeCamera& camera) {
  return {camera.fx_px, 0.0, camera.cx_px, 0.0, camera.fy_px, camera.cy_px, 0.0, 0.0, 1.0};
}

// Points on a line, or all in one place, do not determine a pose: their spread across the main
// direction has to be a good part of that along it.
bool SpreadInTwoDirections(const std::vector<cv::Point2d>& points) {
  cv::Point2d mean(0.0, 0.0);
  for (const auto& p : points) mean += p * (1.0 / static_cast<double>(points.size()));
  double xx = 0.0, xy = 0.0, yy = 0.0;
  for (const auto& p : points) {
    const cv::Point2d d = p - mean;
    xx += d.x * d.x;
    xy += d.x * d.y;
    yy += d.y * d.y;
  }
  const double half_gap = std::hypot(0.5 * (xx - yy), xy);
  const double larger = 0.5 * (xx + yy) + half_gap;
  const double smaller = 0.5 * (xx + yy) - half_gap;
  constexpr double kMinSpreadPx = 0.5;
  return larger > kMinSpreadPx * kMinSpreadPx && smaller > 1e-3 * larger;
}

}  // namespace

std::span<const ModelPoint> RigidFaceModel() { return kModel; }

Point3 NoseTipOfModel() {
  const int tip = Ibug68().nose_tip;
  return std::find_if(std::begin(kModel), std::end(kModel),
                      [&](const ModelPoint& point) { return point.landmark == tip; })
      ->head_mm;
}

std::optional<HeadPose> EstimateHeadPose(std::span<const Point2f> points_px,
                                         const LandmarkSchema& schema,
                                         const PinholeCamera& camera) {
  if (schema.name != Ibug68().name) return std::nullopt;
  Check(points_px.size() == static_cast<size_t>(schema.count), "all points of the schema");
  Check(camera.fx_px > 0.0 && camera.fy_px > 0.0, "focal lengths above 0");
  std::vector<cv::Point3d> head;
  std::vector<cv::Point2d> seen;
  for (const ModelPoint& point : kModel) {
    const Point2f p = points_px[static_cast<size_t>(point.landmark)];
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) return std::nullopt;
    head.emplace_back(point.head_mm[0], point.head_mm[1], point.head_mm[2]);
    seen.emplace_back(p.x, p.y);
  }
  if (!SpreadInTwoDirections(seen)) return std::nullopt;
  return WithOpenCv("head pose", [&]() -> std::optional<HeadPose> {
    const cv::Matx33d matrix = CameraMatrix(camera);
    cv::Vec3d turn, shift;
    if (!cv::solvePnP(head, seen, matrix, {}, turn, shift, false, cv::SOLVEPNP_SQPNP)) {
      return std::nullopt;
    }
    cv::solvePnPRefineLM(head, seen, matrix, {}, turn, shift);
    cv::Matx33d rotation;
    cv::Rodrigues(turn, rotation);
    HeadPose pose;
    pose.camera = camera;
    Rotation turned{};
    std::copy_n(rotation.val, turned.size(), turned.begin());
    pose.rotation_rad = AnglesOf(turned);
    for (int i = 0; i < 3; ++i) {
      if (!std::isfinite(shift[i]) || !std::isfinite(turn[i])) return std::nullopt;
      pose.translation_mm[static_cast<size_t>(i)] = static_cast<float>(shift[i]);
    }
    return pose.translation_mm[2] > 0.0F ? std::optional(pose) : std::nullopt;
  });
}

Point2f ProjectHeadPoint(const HeadPose& pose, const Point3& head_mm) {
  Point3 seen = Turned(RotationOf(pose.rotation_rad), head_mm);
  for (size_t i = 0; i < 3; ++i) seen[i] += pose.translation_mm[i];
  return Projected(pose.camera, seen);
}

}  // namespace nosetip
