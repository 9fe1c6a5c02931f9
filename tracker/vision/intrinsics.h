// The camera that head poses are estimated for.
#pragma once

#include <span>

#include "tracker/core/face.h"
#include "tracker/core/fields.h"
#include "tracker/core/geometry.h"

namespace nosetip {

// Of the frames as they are given to the tracker. 0 stands for what is not known.
struct IntrinsicsOptions {
  float fx_px = 0.0F;  // focal lengths; see PinholeCamera
  float fy_px = 0.0F;
  float cx_px = 0.0F;
  float cy_px = 0.0F;
  float fov_deg = 0.0F;  // horizontal field of view

  static std::span<const Field<IntrinsicsOptions>> Fields();
  bool operator==(const IntrinsicsOptions&) const = default;
};

// Throws Error for options out of range and for those that contradict each other.
void CheckIntrinsics(const IntrinsicsOptions& options);

// For a frame of this size. A focal length that is not known is the frame's longer side: a field of
// view of 53 degrees, as of most webcams. A wrong one scales the distance and hardly changes the
// angles. The center is that of the frame, where no other is known.
PinholeCamera CameraForFrame(SizePx frame_px, const IntrinsicsOptions& options = {});

}  // namespace nosetip
