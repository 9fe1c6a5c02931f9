#include "tracker/signals/frontal_face.h"

#include "tracker/core/error.h"
#include "tracker/core/face_shape.h"
#include "tracker/core/line_of_sight.h"

namespace nosetip {
namespace {

constexpr double kLeastCosine = 0.34;  // of 70 degrees

}  // namespace

std::optional<std::vector<Point2f>> FrontalPoints(std::span<const Point2f> points_px,
                                                  const HeadPose& pose) {
  const auto head = NeutralHead();
  Check(points_px.size() == head.size(), "the points of ibug68");
  const Sight sight(pose);
  std::vector<Point2f> frontal;
  frontal.reserve(points_px.size());
  for (size_t i = 0; i < points_px.size(); ++i) {
    const LineOfSight line = sight.Through(points_px[i]);
    if (!(line.Steepness() > kLeastCosine)) return std::nullopt;
    const Point3 point = line.AtDepth(head[i][2]);
    frontal.push_back({static_cast<float>(point[0]), static_cast<float>(point[1])});
  }
  return frontal;
}

}  // namespace nosetip
