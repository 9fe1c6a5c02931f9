// Video files and network streams, through OpenCV's FFmpeg back end.
#pragma once

#include <memory>
#include <string>

#include "tracker/sources/frame_source.h"

namespace nosetip {

// Every frame that can be decoded is delivered. `pts_s` counts from the first frame: it is the
// container's own timestamp, in the order of display, also where the frame rate varies or frames
// are stored in another order. Where the source gives none, or one that does not grow, the time
// goes on by one frame of the nominal rate (25 Hz where that is unknown too).
//
// After the last frame of a file that is truncated or damaged, Next() throws once and says how many
// frames are missing; after that it returns null. A stream that stays silent for `timeout_ms` is an
// Error too; it is not retried.
std::unique_ptr<FrameSource> OpenVideoFile(const std::string& path);
std::unique_ptr<FrameSource> OpenStream(const std::string& address, int timeout_ms = 10000);

}  // namespace nosetip
