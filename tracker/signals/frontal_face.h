// Landmarks as they would be if the head faced the camera.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/geometry.h"

namespace nosetip {

// x and y in mm of an average head, axes and origin as in HeadPoints: where each point's line of
// sight meets the plane of the point's depth in NeutralHead(). Neither the head's direction nor the
// perspective changes them, as long as depths are right. `points_px` are those of ibug68. Nothing
// for a head that is turned away by more than 70 degrees.
std::optional<std::vector<Point2f>> FrontalPoints(std::span<const Point2f> points_px,
                                                  const HeadPose& pose);

}  // namespace nosetip
