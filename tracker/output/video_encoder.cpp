#include "tracker/output/video_encoder.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

extern "C" {
#include <libavutil/opt.h>
}

namespace nosetip {
namespace {

const AVCodec* FindEncoder(VideoWriter::Codec codec) {
  switch (codec) {
    case VideoWriter::Codec::kH264:
      return avcodec_find_encoder_by_name("libx264");
    case VideoWriter::Codec::kMpeg4:
      return avcodec_find_encoder(AV_CODEC_ID_MPEG4);
  }
  throw std::logic_error("an unknown codec");
}

}  // namespace

AvCodecPtr OpenEncoder(VideoWriter::Codec codec, const VideoOptions& options) {
  const AVCodec* encoder = FindEncoder(codec);
  if (encoder == nullptr) return nullptr;
  AvCodecPtr context(avcodec_alloc_context3(encoder));
  context->width = Even(options.size_px.width);
  context->height = Even(options.size_px.height);
  context->pix_fmt = AV_PIX_FMT_YUV420P;
  context->color_range = AVCOL_RANGE_MPEG;
  context->colorspace = AVCOL_SPC_SMPTE170M;
  context->time_base = {1, kTicksPerSecond};
  context->framerate = av_d2q(options.frame_rate_hz, 1000);
  context->gop_size = std::max(1, static_cast<int>(std::lround(2.0 * options.frame_rate_hz)));
  context->max_b_frames = 0;
  context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  context->thread_count = 2;  // the tracker needs the others
  if (codec == VideoWriter::Codec::kH264) {
    // No frame may wait in the encoder: it would be lost when the program is killed.
    av_opt_set(context->priv_data, "preset", "veryfast", 0);
    av_opt_set(context->priv_data, "tune", "zerolatency", 0);
    av_opt_set(context->priv_data, "crf", "21", 0);
  } else {
    context->flags |= AV_CODEC_FLAG_QSCALE;
    context->global_quality = 3 * FF_QP2LAMBDA;
  }
  if (avcodec_open2(context.get(), encoder, nullptr) < 0) return nullptr;
  return context;
}

}  // namespace nosetip
