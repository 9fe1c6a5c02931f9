// Faces as OpenSeeFace sends them (github.com/emilianavt/OpenSeeFace, OpenSee.cs), for VSeeFace,
// VTube Studio and others.
#pragma once

#include <cstddef>
#include <string>

#include "tracker/stream/stream_frame.h"

namespace nosetip {

inline constexpr size_t kOpenSeeFaceBytes = 1785;

// kOpenSeeFaceBytes for each face with a pose, one after the other, little-endian:
//
//   f64 time in seconds; i32 id; f32 width, height of the frame; f32 right, left eye open, 0 to 1;
//   u8 success; f32 error of the fit in pixels; f32 quaternion x, y, z, w; f32 Euler angles in
//   degrees; f32 translation; 68 f32 confidence; 68 f32 x, y; 70 f32 x, y, z; 14 f32 features
//
// OpenSeeFace fits a hollow face behind the camera, in axes row, column, depth and units of a
// face's width: a face that looks into the camera has the angles 180, 0, 90. The points are
// OpenSeeFace's 66, which are iBUG's without the inner corners of the mouth in another order, then
// the pupils. The pupils are the middles of the eyes, so the gaze is that of the head. Of the
// features, the eyes, the heights of the brows and the mouth's opening and width are set, the
// others are 0. A face that is partly behind the camera is left out. Empty where no face has a
// pose.
std::string OpenSeeFaceDatagram(const StreamFrame& frame);

}  // namespace nosetip
