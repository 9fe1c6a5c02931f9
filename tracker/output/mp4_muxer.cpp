#include "tracker/output/mp4_muxer.h"

#include <cstdint>
#include <utility>

#include "tracker/core/error.h"
#include "tracker/output/video_encoder.h"

namespace nosetip {
namespace {

#if LIBAVFORMAT_VERSION_MAJOR < 61
using MuxedBytes = uint8_t*;
#else
using MuxedBytes = const uint8_t*;
#endif

int Collect(void* all, MuxedBytes bytes, int count) {
  static_cast<std::string*>(all)->append(reinterpret_cast<const char*>(bytes),
                                         static_cast<size_t>(count));
  return count;
}

}  // namespace

void Mp4Muxer::Free::operator()(AVFormatContext* context) const {
  if (context->pb != nullptr) av_freep(&context->pb->buffer);
  avio_context_free(&context->pb);
  avformat_free_context(context);
}

Mp4Muxer::Mp4Muxer() {
  AVFormatContext* context = nullptr;
  if (avformat_alloc_output_context2(&context, nullptr, "mp4", nullptr) < 0) {
    throw Error("this FFmpeg cannot write MP4; install one that can");
  }
  context_.reset(context);
  constexpr int kBufferBytes = 1 << 16;
  auto* buffer = static_cast<uint8_t*>(av_malloc(kBufferBytes));
  context->pb = avio_alloc_context(buffer, kBufferBytes, 1, &bytes_, nullptr, Collect, nullptr);
  Check(context->pb != nullptr, "memory for a video file");
  context->flags |= AVFMT_FLAG_CUSTOM_IO;
}

AVStream& Mp4Muxer::AddStream() {
  AVStream* stream = avformat_new_stream(context_.get(), nullptr);
  Check(stream != nullptr, "memory for a stream");
  return *stream;
}

int Mp4Muxer::Start() {
  const AVStream& last = *context_->streams[context_->nb_streams - 1];
  const bool has_sound = last.codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
  AVDictionary* settings = nullptr;
  av_dict_set(&settings, "movflags", "empty_moov+default_base_moof", 0);
  // Headers of sound hold what only its packets tell, among it where it begins beside the pictures.
  if (has_sound) {
    av_dict_set(&settings, "movflags", "+delay_moov", AV_DICT_APPEND);
    av_dict_set_int(&settings, "movie_timescale", kTicksPerSecond, 0);
    context_->strict_std_compliance = FF_COMPLIANCE_EXPERIMENTAL;  // FLAC was before FFmpeg 6
  }
  av_dict_set_int(&settings, "frag_duration", int64_t{1000} * VideoWriter::kFragmentMs, 0);
  const int started = avformat_write_header(context_.get(), &settings);
  av_dict_free(&settings);
  // An empty header turns it off, but this one waits for packets, so their form can be converted.
  if (has_sound) context_->flags |= AVFMT_FLAG_AUTO_BSF;
  return started;
}

std::string Mp4Muxer::TakeBytes() {
  avio_flush(context_->pb);
  return std::exchange(bytes_, {});
}

}  // namespace nosetip
