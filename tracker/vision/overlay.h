// Draws what the tracker found onto a picture.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "tracker/core/face.h"
#include "tracker/core/fields.h"
#include "tracker/core/image.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {

struct OverlayOptions {
  bool overlay_box = true;
  bool overlay_label = true;     // id and confidence
  bool overlay_contours = true;  // the schema's lines between the points
  bool overlay_points = true;
  bool overlay_axes = true;  // the head's axes at the tip of the nose: x red, y green, z blue

  static std::span<const Field<OverlayOptions>> Fields();
};

// Red, green, blue of a face: one color as long as it keeps its id.
std::array<uint8_t, 3> FaceColor(int id);

// How much larger than those of 68 the points of a face are drawn where there are `points`: 1 to
// 5.4 times, since a few points are all that there is to see.
float PointScale(size_t points);

// A copy of the picture with the faces drawn on it. Line widths, points and text grow with the
// face; a few points also grow with the picture. A face has one color as long as it keeps its id;
// points with a confidence below 0.5 are amber. Pixels away from the faces stay as they are.
Image DrawOverlay(const Image& image, const TrackResult& result, const LandmarkSchema& schema,
                  const OverlayOptions& options = {});

}  // namespace nosetip
