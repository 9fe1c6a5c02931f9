#include "tracker/sources/video_decoder.h"

#include <algorithm>
#include <thread>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/sources/picture_header.h"

namespace nosetip {
namespace {

// As many as decode a 1080p file several times as fast as the networks track it.
int DecoderThreads() {
  constexpr int kMostThreads = 4;
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, kMostThreads);
}

void CheckSize(const MediaInput& input, const AVCodecParameters& video) {
  if (int64_t{video.width} * video.height <= kMaxPicturePixels) return;
  throw Error(fmt::format(
      "{}: its pictures have {}x{} pixels, but at most {} million pixels are read; scale it down",
      input.name(), video.width, video.height, kMaxPicturePixels / 1'000'000));
}

AvCodecPtr OpenCodec(const MediaInput& input, const AVStream& stream) {
  const AVCodec* decoder = avcodec_find_decoder(stream.codecpar->codec_id);
  AvCodecPtr codec(avcodec_alloc_context3(decoder));
  Check(codec != nullptr, "memory for a decoder");
  codec->thread_count = DecoderThreads();
  codec->pkt_timebase = stream.time_base;
  codec->max_pixels = kMaxPicturePixels;
  const bool opened = decoder != nullptr &&
                      avcodec_parameters_to_context(codec.get(), stream.codecpar) >= 0 &&
                      avcodec_open2(codec.get(), decoder, nullptr) >= 0;
  if (opened) return codec;
  throw Error(fmt::format(
      "{}: this FFmpeg cannot decode its video ({}); convert it, for example to an MP4 with H.264",
      input.name(), avcodec_get_name(stream.codecpar->codec_id)));
}

}  // namespace

AVStream* FindVideo(AVFormatContext& input) {
  constexpr int kNoVideo = AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS;
  AVStream* still = nullptr;
  for (unsigned i = 0; i < input.nb_streams; ++i) {
    AVStream* stream = input.streams[i];
    const bool is_video = stream->codecpar->codec_type == AVMEDIA_TYPE_VIDEO;
    if (!is_video || (stream->disposition & kNoVideo) != 0) continue;
    if (stream->nb_frames != 1) return stream;
    if (still == nullptr) still = stream;  // a moving AVIF has one beside its video
  }
  return still;
}

VideoDecoder::VideoDecoder(MediaInput& input, AVStream& stream)
    : input_(input), stream_(stream), packet_(av_packet_alloc()), frame_(av_frame_alloc()) {
  Check(packet_ != nullptr && frame_ != nullptr, "memory for a frame");
  CheckSize(input, *stream.codecpar);
  codec_ = OpenCodec(input, stream);
}

const AVFrame* VideoDecoder::Next() {
  // Each failure is that of one packet; a decoder that fails without any has ended.
  constexpr int kMaxFailures = 1000;
  for (int failures = 0; failures < kMaxFailures;) {
    const int result = avcodec_receive_frame(codec_.get(), frame_.get());
    if (result == 0) {
      began_ = true;
      return frame_.get();
    }
    if (result == AVERROR_EOF) return nullptr;
    if (result == AVERROR(EAGAIN)) {
      Feed();
      failures = 0;
    } else {
      ++failures;
      if (began_) ++amount_.refused;
    }
  }
  return nullptr;
}

// Gives the decoder the next packet, or tells it that there is none.
void VideoDecoder::Feed() {
  bool read = true;
  do {
    av_packet_unref(packet_.get());
    read = input_.Read(*packet_);
    if (read) Count(*packet_);
  } while (read && packet_->stream_index != stream_.index);
  const int result = avcodec_send_packet(codec_.get(), read ? packet_.get() : nullptr);
  av_packet_unref(packet_.get());
  if (read && result < 0 && began_) ++amount_.refused;
}

void VideoDecoder::Count(const AVPacket& packet) {
  constexpr int64_t kMostOverhead = 64;
  amount_.packet_bytes += packet.size + kMostOverhead;
  if (packet.pos >= 0) {
    if (amount_.first_byte < 0) amount_.first_byte = packet.pos;
    amount_.first_byte = std::min(amount_.first_byte, packet.pos);
    amount_.last_byte = std::max(amount_.last_byte, packet.pos + packet.size);
  }
  const bool shown = (packet.flags & AV_PKT_FLAG_DISCARD) == 0;
  if (packet.stream_index == stream_.index && shown) ++amount_.packets;
}

std::optional<double> VideoDecoder::TimeOf(const AVFrame& frame) const {
  if (frame.best_effort_timestamp == AV_NOPTS_VALUE) return std::nullopt;
  return static_cast<double>(frame.best_effort_timestamp) * av_q2d(stream_.time_base);
}

}  // namespace nosetip
