// Video files and network streams, through OpenCV's FFmpeg back end.
#pragma once

#include <memory>
#include <string>

#include "tracker/sources/frame_source.h"

namespace nosetip {

// Every frame that can be decoded is delivered. `pts_s` counts from the first frame: it is the
// container's own timestamp, in the order of display, also where the frame rate varies or frames
// are stored in another order. Where the source gives none, or one that does not grow, one frame of
// the nominal rate is added (25 Hz where that is unknown too).
//
// After the last frame of a file that is truncated or damaged, Next() throws once, with the number
// of missing frames; after that it returns null. It also throws where a stream sends nothing for
// `timeout_ms`; it does not retry.
std::unique_ptr<FrameSource> OpenVideoFile(const std::string& path);
std::unique_ptr<FrameSource> OpenStream(const std::string& address, int timeout_ms = 10000);

}  // namespace nosetip
