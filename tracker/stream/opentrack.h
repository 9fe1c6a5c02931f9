// Head poses for opentrack's input "UDP over network" (github.com/opentrack/opentrack).
#pragma once

#include <string>

#include "tracker/stream/stream_frame.h"

namespace nosetip {

// Six little-endian doubles of the main face: x, y, z in cm, then yaw, pitch, roll in degrees.
// Positive: x to the person's right, y up, z away from the camera, yaw to the person's right, pitch
// up, roll to the person's right shoulder. Empty where there is no pose, as opentrack keeps the
// last one then.
std::string OpentrackDatagram(const StreamFrame& frame);

}  // namespace nosetip
