// The frames of a file's or stream's first video, decoded with FFmpeg, each with its own timestamp.
#pragma once

#include <cstdint>
#include <optional>

#include "tracker/sources/ffmpeg.h"
#include "tracker/sources/media_input.h"

namespace nosetip {

// What was read, to tell whether something is missing.
struct DecodedAmount {
  int64_t packets = 0;       // of the video, without those that are not to be shown
  int64_t refused = 0;       // packets behind the first frame that the decoder could not decode
  int64_t packet_bytes = 0;  // of all streams, with what a container needs per packet
  int64_t first_byte = -1;   // where in the file the first packet begins; -1 for unknown
  int64_t last_byte = -1;    // where the last one ends
};

// The first video of `input` that is not the cover picture of a sound file, one of several frames
// where there is one; null where there is none.
AVStream* FindVideo(AVFormatContext& input);

// Not thread-safe. Decodes with a few threads of its own at most, as the networks need the others.
class VideoDecoder {
 public:
  // `input` must outlive this. Throws Error, with the input's name, where FFmpeg cannot decode the
  // stream or its pictures are too large.
  VideoDecoder(MediaInput& input, AVStream& stream);

  // The next frame in the order of display, also those that wait in the decoder at the end; null at
  // the end. Valid until the next call. Throws what MediaInput::Read does.
  const AVFrame* Next();
  // Seconds by the stream's own clock; nothing where neither container nor codec has a time.
  std::optional<double> TimeOf(const AVFrame& frame) const;
  const DecodedAmount& amount() const { return amount_; }

 private:
  void Feed();
  void Count(const AVPacket& packet);

  MediaInput& input_;
  AVStream& stream_;
  AvCodecPtr codec_;
  AvPacketPtr packet_;
  AvFramePtr frame_;
  bool began_ = false;
  DecodedAmount amount_;
};

}  // namespace nosetip
