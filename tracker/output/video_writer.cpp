#include "tracker/output/video_writer.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

extern "C" {
#include <libavutil/opt.h>
}
#include <fmt/core.h>
#include <opencv2/core.hpp>

#include "tracker/core/error.h"
#include "tracker/output/video_file.h"
#include "tracker/output/video_planes.h"
#include "tracker/sources/ffmpeg.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

// Fine enough that the times of a table agree with the video's, and small enough for MPEG-4, which
// has 16 bits for the denominator.
constexpr int kTicksPerSecond = 50000;

struct FreeMuxer {
  void operator()(AVFormatContext* context) const {
    if (context->pb != nullptr) av_freep(&context->pb->buffer);
    avio_context_free(&context->pb);
    avformat_free_context(context);
  }
};
const AVCodec* FindEncoder(VideoWriter::Codec codec) {
  switch (codec) {
    case VideoWriter::Codec::kH264:
      return avcodec_find_encoder_by_name("libx264");
    case VideoWriter::Codec::kMpeg4:
      return avcodec_find_encoder(AV_CODEC_ID_MPEG4);
  }
  throw std::logic_error("an unknown codec");
}

// Null where FFmpeg cannot encode this.
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

#if LIBAVFORMAT_VERSION_MAJOR < 61
using MuxedBytes = uint8_t*;
#else
using MuxedBytes = const uint8_t*;
#endif

// The muxer's output, collected until a whole fragment is there.
int Collect(void* pending, MuxedBytes bytes, int count) {
  static_cast<std::string*>(pending)->append(reinterpret_cast<const char*>(bytes),
                                             static_cast<size_t>(count));
  return count;
}

}  // namespace

struct VideoWriter::State {
  VideoOptions options;
  VideoWriter::Codec codec = VideoWriter::Codec::kH264;
  AvCodecPtr encoder;
  std::string pending;                                // of the muxer, not in the file yet
  std::unique_ptr<AVFormatContext, FreeMuxer> muxer;  // null once finished or failed
  std::optional<VideoFile> file;                      // nothing once finished
  AvFramePtr frame{av_frame_alloc()};
  AvPacketPtr packet{av_packet_alloc()};
  int64_t last_tick = -1;
  int64_t bytes = 0;

  void ChooseCodec();
  void OpenMuxer();
  void Encode(const AVFrame* next);
  void CheckWritten(int result);
  void Fill(const Image& image);
  void EndStream();
  void Finish();
  [[noreturn]] void Fail(int problem);
};

void VideoWriter::State::ChooseCodec() {
  for (const VideoWriter::Codec wanted : options.codecs) {
    encoder = OpenEncoder(wanted, options);
    codec = wanted;
    if (encoder) return;
  }
  throw Error(fmt::format(
      "{}: this FFmpeg can write no video of {}x{} pixels; install one with H.264 or MPEG-4",
      options.path, options.size_px.width, options.size_px.height));
}

void VideoWriter::State::OpenMuxer() {
  AVFormatContext* context = nullptr;
  if (avformat_alloc_output_context2(&context, nullptr, "mp4", nullptr) < 0) {
    throw Error(options.path + ": this FFmpeg cannot write MP4; install one that can");
  }
  muxer.reset(context);
  constexpr int kBufferBytes = 1 << 16;
  auto* buffer = static_cast<uint8_t*>(av_malloc(kBufferBytes));
  context->pb = avio_alloc_context(buffer, kBufferBytes, 1, &pending, nullptr, Collect, nullptr);
  Check(context->pb != nullptr, "memory for a video file");
  context->flags |= AVFMT_FLAG_CUSTOM_IO;
  AVStream* stream = avformat_new_stream(context, nullptr);
  Check(stream != nullptr, "memory for a stream");
  avcodec_parameters_from_context(stream->codecpar, encoder.get());
  stream->time_base = encoder->time_base;
  stream->avg_frame_rate = encoder->framerate;
  AVDictionary* settings = nullptr;
  av_dict_set(&settings, "movflags", "empty_moov+default_base_moof", 0);
  av_dict_set_int(&settings, "frag_duration", int64_t{1000} * kFragmentMs, 0);
  const int started = avformat_write_header(context, &settings);
  av_dict_free(&settings);
  CheckWritten(started);
}

void VideoWriter::State::Fail(int problem) {
  muxer.reset();
  throw Error(
      fmt::format("{} cannot be written any further: FFmpeg failed: {}; choose another "
                  "folder or size",
                  options.path, FfmpegReason(problem)));
}

// After a failure the muxer gets nothing more: its next fragment would follow half of this one.
void VideoWriter::State::CheckWritten(int result) {
  avio_flush(muxer->pb);
  if (result < 0) Fail(result);
  if (pending.empty()) return;
  try {
    file->Append(std::exchange(pending, {}));
  } catch (const Error&) {
    muxer.reset();
    throw;
  }
  bytes = file->bytes();
}

// With null as the next frame, writes what is left in the encoder.
void VideoWriter::State::Encode(const AVFrame* next) {
  const int sent = avcodec_send_frame(encoder.get(), next);
  if (sent < 0 && sent != AVERROR_EOF) Fail(sent);
  const AVStream* stream = muxer->streams[0];
  int received = 0;
  while ((received = avcodec_receive_packet(encoder.get(), packet.get())) == 0) {
    if (packet->duration <= 0) {
      packet->duration = std::llround(kTicksPerSecond / options.frame_rate_hz);
    }
    av_packet_rescale_ts(packet.get(), encoder->time_base, stream->time_base);
    packet->stream_index = 0;
    CheckWritten(av_write_frame(muxer.get(), packet.get()));
    av_packet_unref(packet.get());
  }
  if (received != AVERROR(EAGAIN) && received != AVERROR_EOF) Fail(received);
}

void VideoWriter::State::Fill(const Image& image) {
  const cv::Mat planes = EvenPlanes(image, options.size_px);
  const uint8_t* from = planes.data;
  for (int plane = 0; plane < 3; ++plane) {
    const int width = plane == 0 ? planes.cols : planes.cols / 2;
    const int height = plane == 0 ? planes.rows * 2 / 3 : planes.rows / 3;
    for (int y = 0; y < height; ++y) {
      std::memcpy(frame->data[plane] + static_cast<ptrdiff_t>(y) * frame->linesize[plane], from,
                  static_cast<size_t>(width));
      from += width;
    }
  }
}

void VideoWriter::State::EndStream() {
  if (!muxer) return;
  Encode(nullptr);
  CheckWritten(av_write_trailer(muxer.get()));
  muxer.reset();
}

void VideoWriter::State::Finish() {
  if (!muxer) return;
  EndStream();
  file->Finish();
  file.reset();
}

VideoWriter::VideoWriter(const VideoOptions& options) : state_(std::make_unique<State>()) {
  Check(options.size_px.width > 0 && options.size_px.height > 0, "a video size above 0");
  Check(options.frame_rate_hz > 0.0, "a frame rate above 0");
  QuietFfmpeg();
  State& s = *state_;
  s.options = options;
  s.options.frame_rate_hz = std::clamp(options.frame_rate_hz, 1.0, 1000.0);
  s.ChooseCodec();
  s.file.emplace(options);
  s.OpenMuxer();
  s.frame->format = s.encoder->pix_fmt;
  s.frame->width = s.encoder->width;
  s.frame->height = s.encoder->height;
  Check(av_frame_get_buffer(s.frame.get(), 0) == 0, "memory for a frame");
}

VideoWriter::~VideoWriter() {
  if (!state_) return;
  try {
    state_->EndStream();
  } catch (const std::exception&) {
    // A destructor cannot report it; what was written before stays.
  }
}

VideoWriter::VideoWriter(VideoWriter&&) noexcept = default;

void VideoWriter::Write(const Image& image, double time_s) {
  State& s = *state_;
  Check(s.muxer != nullptr, "a writer that is not finished and has not failed");
  Check(!image.Empty(), "a picture to write");
  // Times that differ by less than a tick still need ticks of their own.
  const int64_t tick = std::max<int64_t>(std::llround(time_s * kTicksPerSecond), s.last_tick + 1);
  s.last_tick = tick;
  if (const int problem = av_frame_make_writable(s.frame.get()); problem < 0) s.Fail(problem);
  WithOpenCv(s.options.path, [&] { s.Fill(image); });
  s.frame->pts = tick;
  s.Encode(s.frame.get());
}

void VideoWriter::Finish() { state_->Finish(); }

int64_t VideoWriter::bytes() const { return state_->bytes; }
VideoWriter::Codec VideoWriter::codec() const { return state_->codec; }

}  // namespace nosetip
