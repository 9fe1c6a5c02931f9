// What all that calls FFmpeg's libraries shares: owners of its objects, its log, its error texts.
// Only for .cpp files and headers that none but them includes.
#pragma once

#include <memory>
#include <string>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/frame.h>
}

namespace nosetip {

struct FreeAvCodec {
  void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
};
struct FreeAvFrame {
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
struct FreeAvPacket {
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};
using AvCodecPtr = std::unique_ptr<AVCodecContext, FreeAvCodec>;
using AvFramePtr = std::unique_ptr<AVFrame, FreeAvFrame>;
using AvPacketPtr = std::unique_ptr<AVPacket, FreeAvPacket>;

// Keeps FFmpeg from writing to the terminal, as problems become an Error. Respects
// OPENCV_FFMPEG_LOGLEVEL, as OpenCV's own use of FFmpeg does.
void QuietFfmpeg();

// FFmpeg's text for one of its error codes: "Connection refused".
std::string FfmpegReason(int problem);

}  // namespace nosetip
