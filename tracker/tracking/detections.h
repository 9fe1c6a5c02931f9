// What a tracker makes of a detector's boxes.
#pragma once

#include <vector>

#include "tracker/core/face.h"

namespace nosetip {

// Boxes that overlap by more than this are of one face, when one is a detection.
inline constexpr float kSameFaceIou = 0.3F;

// The boxes that would bound the landmarks.
std::vector<FaceBox> WithLandmarkBoxes(std::vector<FaceBox> detections);

// A box of a turned view in the frame: about its centre there, not turned back.
RectF MovedAs(const RectF& box, const Affine2& frame_from_view);

}  // namespace nosetip
