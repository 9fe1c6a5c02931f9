// Writes a video of pictures at their own times, in a file that can be played even after the
// program was killed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"
#include "tracker/output/video_writer.h"

namespace nosetip {

struct TimedVideoOptions {
  std::string path;  // NAME.mp4; replaced where it exists
  SizePx size_px;
  double frame_rate_hz = 30.0;  // roughly; for the encoder and the last frame's duration
  // The first one that FFmpeg can write is taken; only these two are possible.
  std::vector<VideoCodec> codecs = {VideoCodec::kH264, VideoCodec::kMpeg4};
};

// A fragmented MP4 (ISO/IEC 14496-12, 8.8): a header, then independent fragments of at most
// kFragmentMs that are handed to the system at once. So the file has its name from the start and
// can be played at any moment, also after the program was killed; only the last, unfinished
// fragment is lost then. Pictures keep their times to 1/50000 s: the frame rate may vary, and
// playing takes as long as recording did.
//
// An odd width or height grows by one pixel, as in VideoWriter. Not thread-safe.
class TimedVideoWriter {
 public:
  static constexpr int kFragmentMs = 300;

  // Throws Error where the file cannot be created or no codec works.
  explicit TimedVideoWriter(const TimedVideoOptions& options);
  // Finishes the file; a failure is ignored.
  ~TimedVideoWriter();
  TimedVideoWriter(TimedVideoWriter&&) noexcept;
  TimedVideoWriter& operator=(TimedVideoWriter&&) = delete;

  // The picture must have the size of the options; `time_s` counts from 0 and must grow. Throws
  // Error where it cannot be written, as on a full disk; the file then holds what was written
  // before, and only Finish may be called.
  void Write(const Image& image, double time_s);
  // Throws Error where the last fragment cannot be written. A second call does nothing.
  void Finish();

  int64_t bytes() const;  // in the file so far
  VideoCodec codec() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nosetip
