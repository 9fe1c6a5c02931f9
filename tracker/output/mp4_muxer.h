// FFmpeg's muxer of fragmented MP4, which writes to memory.
#pragma once

#include <memory>
#include <string>

#include "tracker/sources/ffmpeg.h"

namespace nosetip {

// Not thread-safe. The calls return FFmpeg's result.
class Mp4Muxer {
 public:
  // Throws Error where this FFmpeg cannot write MP4.
  Mp4Muxer();
  Mp4Muxer(const Mp4Muxer&) = delete;
  Mp4Muxer& operator=(const Mp4Muxer&) = delete;

  AVStream& AddStream();
  AVStream& stream(int index) { return *context_->streams[index]; }
  // Once all streams are there, those of sound behind the others. With sound, the header is not
  // written before the first fragment.
  int Start();
  int Write(AVPacket& packet) { return av_write_frame(context_.get(), &packet); }
  int End() { return av_write_trailer(context_.get()); }
  // All bytes since the last call.
  std::string TakeBytes();

 private:
  struct Free {
    void operator()(AVFormatContext* context) const;
  };

  std::string bytes_;
  std::unique_ptr<AVFormatContext, Free> context_;
};

}  // namespace nosetip
