// Cameras, through Video4Linux.
#pragma once

#include <memory>

#include "tracker/sources/frame_source.h"

namespace nosetip {

// Asks for what `options` say, in the format that gives that size its highest rate: mostly MJPG.
// Where the camera sends something else, info().note says so. `pts_s` is the driver's time of
// capture since the first frame. Throws Error where there is no such camera
// (with a list of those there are), it may not be opened, another program uses it or it sends no
// picture; Next() throws where it goes away.
std::unique_ptr<FrameSource> OpenCamera(int index, const CameraOptions& options);

}  // namespace nosetip
