// The encoder of a video's pictures.
#pragma once

#include "tracker/output/video_writer.h"
#include "tracker/sources/ffmpeg.h"

namespace nosetip {

// Fine enough that the times of a table agree with the video's, and small enough for MPEG-4, which
// has 16 bits for the denominator.
inline constexpr int kTicksPerSecond = 50000;

// Keeps no picture back. Its time base is a tick. Null where FFmpeg cannot encode this.
AvCodecPtr OpenEncoder(VideoWriter::Codec codec, const VideoOptions& options);

}  // namespace nosetip
