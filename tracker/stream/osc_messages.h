// Faces as OSC bundles in the words of other programs.
#pragma once

#include <string>

#include "tracker/stream/stream_frame.h"

namespace nosetip {

// The main face in FaceOSC's addresses (github.com/kylemcdonald/ofxFaceTracker): /found i, and
// where there is one /pose/position ff (pixels), /pose/scale f, /pose/orientation fff (radians, as
// HeadPose has them), /gesture/... f and /raw with x, y of all points. As in FaceOSC gestures are
// distances in units of the scale: pixels per unit, of which the outer eye corners are 24 apart.
// Gestures only for points of ibug68, the orientation only where there is a pose.
std::string FaceOscDatagram(const StreamFrame& frame);

// The main face in the Virtual Motion Capture protocol (protocol.vmc.info): /VMC/Ext/OK,
// /VMC/Ext/T, the head's rotation in Unity's axes as /VMC/Ext/Bone/Pos, and Blink_L, Blink_R, A
// (mouth open) and Joy (smile) of VRM 0. Without a face or a pose /VMC/Ext/OK 0 and the time alone.
std::string VmcDatagram(const StreamFrame& frame);

}  // namespace nosetip
