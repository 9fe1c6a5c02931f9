// Video files and network streams.
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "tracker/sources/frame_source.h"

namespace nosetip {

struct StreamOptions {
  int timeout_ms = 10000;  // how long a stream may send nothing; it is not opened again
  std::stop_token stop = {};
};

// Every frame that can be decoded is delivered, upright, in the order of display. `pts_s` counts
// from the first frame: it is the container's own timestamp, also where the frame rate varies. A
// stream without timestamps gets the time of arrival. Where a file gives none, or one that does not
// grow, one frame of the nominal rate is added (25 Hz where that is unknown too).
//
// After the last frame Next() throws once, and then returns null, where
// - a file is truncated, or an MP4 or MOV lacks more than 1 % of its frames;
// - a stream breaks off, or one without an end, such as a camera's, ends.
// Where more than 1 % of another container's frames are lost, `info().note` then says so.
std::unique_ptr<FrameSource> OpenVideoFile(const std::string& path,
                                           const std::stop_token& stop = {});
std::unique_ptr<FrameSource> OpenStream(const std::string& address,
                                        const StreamOptions& options = {});

}  // namespace nosetip
