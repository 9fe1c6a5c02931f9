// Cameras as frame sources, through Video4Linux.
#pragma once

#include <memory>
#include <vector>

#include "tracker/sources/cameras.h"
#include "tracker/sources/frame_source.h"

namespace nosetip {

// Asks for what `options` say, in the format that gives that size its highest rate: mostly MJPG.
// Where the camera sends something else, info().note says so. `pts_s` is the driver's time of
// capture since the first frame. Throws Error where there is no such camera (with a list of those
// there are), it may not be opened, another program uses it or it sends no picture; Next() throws
// where it is disconnected.
std::unique_ptr<FrameSource> OpenCamera(int index, const CameraOptions& options);

// The modes of /dev/videoINDEX, also while it is in use. Throws Error as OpenCamera does where it
// does not exist or may not be opened. May take some tenths of a second.
std::vector<CameraMode> ListCameraModes(int index);

}  // namespace nosetip
