#include "tracker/output/timed_video_writer.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <stdexcept>

extern "C" {
#include <libavutil/opt.h>
}
#include <fmt/core.h>
#include <opencv2/imgproc.hpp>

#include "tracker/core/atomic_file.h"
#include "tracker/core/error.h"
#include "tracker/sources/ffmpeg.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

// Fine enough that the times of a table agree with the video's, and small enough for MPEG-4, which
// has 16 bits for the denominator.
constexpr int kTicksPerSecond = 50000;

struct FreeMuxer {
  void operator()(AVFormatContext* context) const {
    avio_closep(&context->pb);
    avformat_free_context(context);
  }
};
const AVCodec* FindEncoder(VideoCodec codec) {
  switch (codec) {
    case VideoCodec::kH264:
      return avcodec_find_encoder_by_name("libx264");
    case VideoCodec::kMpeg4:
      return avcodec_find_encoder(AV_CODEC_ID_MPEG4);
    case VideoCodec::kMotionJpeg:
      break;
  }
  throw std::logic_error("a codec for timed videos");
}

// Null where FFmpeg cannot encode this.
AvCodecPtr OpenEncoder(VideoCodec codec, const TimedVideoOptions& options) {
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
  if (codec == VideoCodec::kH264) {
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

}  // namespace

struct TimedVideoWriter::State {
  TimedVideoOptions options;
  VideoCodec codec = VideoCodec::kH264;
  AvCodecPtr encoder;
  std::unique_ptr<AVFormatContext, FreeMuxer> muxer;  // null once finished
  AvFramePtr frame{av_frame_alloc()};
  AvPacketPtr packet{av_packet_alloc()};
  int64_t last_tick = -1;
  int64_t whole_bytes = 0;  // up to the end of the last fragment that was written
  bool failed = false;

  void ChooseCodec();
  void OpenFile();
  void Encode(const AVFrame* next);
  void CheckWritten(int result);
  void Fill(const Image& image);
  void Finish();
  [[noreturn]] void Fail(int problem);
};

void TimedVideoWriter::State::ChooseCodec() {
  for (const VideoCodec wanted : options.codecs) {
    encoder = OpenEncoder(wanted, options);
    codec = wanted;
    if (encoder) return;
  }
  throw Error(options.path +
              ": this FFmpeg can write none of the wanted video formats; install one with H.264 or "
              "MPEG-4");
}

void TimedVideoWriter::State::OpenFile() {
  AVFormatContext* context = nullptr;
  // A plain name, so that no part of it is taken for a protocol.
  const std::string address = "file:" + options.path;
  if (avformat_alloc_output_context2(&context, nullptr, "mp4", address.c_str()) < 0) {
    throw Error(options.path + ": this FFmpeg cannot write MP4; install one that can");
  }
  muxer.reset(context);
  const int opened = avio_open(&context->pb, address.c_str(), AVIO_FLAG_WRITE);
  if (opened < 0) {
    throw Error(fmt::format("{} cannot be written: {}; choose another folder", options.path,
                            FfmpegReason(opened)));
  }
  context->flush_packets = 1;
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

void TimedVideoWriter::State::Fail(int problem) {
  failed = true;
  // The muxer gets nothing more: its next fragment would follow half of this one.
  muxer.reset();
  std::error_code ignored;
  std::filesystem::resize_file(options.path, static_cast<uintmax_t>(whole_bytes), ignored);
  if (problem == AVERROR(ENOSPC) || problem == AVERROR(EFBIG)) {
    ThrowWriteError(options.path, AVUNERROR(problem));
  }
  throw Error(fmt::format("{} cannot be written any further: {}; check the disk", options.path,
                          FfmpegReason(problem)));
}

void TimedVideoWriter::State::CheckWritten(int result) {
  avio_flush(muxer->pb);
  if (result < 0) Fail(result);
  if (muxer->pb->error < 0) Fail(muxer->pb->error);
  whole_bytes = avio_tell(muxer->pb);
}

// With null as the next frame, writes what is left in the encoder.
void TimedVideoWriter::State::Encode(const AVFrame* next) {
  const int sent = avcodec_send_frame(encoder.get(), next);
  if (sent < 0 && sent != AVERROR_EOF) Fail(sent);
  const AVStream* stream = muxer->streams[0];
  while (avcodec_receive_packet(encoder.get(), packet.get()) == 0) {
    if (packet->duration <= 0) {
      packet->duration = std::llround(kTicksPerSecond / options.frame_rate_hz);
    }
    av_packet_rescale_ts(packet.get(), encoder->time_base, stream->time_base);
    packet->stream_index = 0;
    CheckWritten(av_write_frame(muxer.get(), packet.get()));
    av_packet_unref(packet.get());
  }
}

void TimedVideoWriter::State::Fill(const Image& image) {
  cv::Mat rgb = MatView(image);
  const int more_columns = image.width_px % 2;
  const int more_rows = image.height_px % 2;
  if (more_columns + more_rows > 0) {
    cv::copyMakeBorder(rgb, rgb, 0, more_rows, 0, more_columns, cv::BORDER_REPLICATE);
  }
  cv::Mat planes;
  cv::cvtColor(rgb, planes, cv::COLOR_RGB2YUV_I420);
  const uint8_t* from = planes.data;
  for (int plane = 0; plane < 3; ++plane) {
    const int width = plane == 0 ? rgb.cols : rgb.cols / 2;
    const int height = plane == 0 ? rgb.rows : rgb.rows / 2;
    for (int y = 0; y < height; ++y) {
      std::memcpy(frame->data[plane] + static_cast<ptrdiff_t>(y) * frame->linesize[plane], from,
                  static_cast<size_t>(width));
      from += width;
    }
  }
}

void TimedVideoWriter::State::Finish() {
  if (!muxer) return;
  Encode(nullptr);
  CheckWritten(av_write_trailer(muxer.get()));
  const int closed = avio_closep(&muxer->pb);
  muxer.reset();
  if (closed < 0) {
    throw Error(
        fmt::format("{} cannot be closed: {}; check the disk", options.path, FfmpegReason(closed)));
  }
}

TimedVideoWriter::TimedVideoWriter(const TimedVideoOptions& options)
    : state_(std::make_unique<State>()) {
  Check(options.size_px.width > 0 && options.size_px.height > 0, "a video size above 0");
  Check(options.frame_rate_hz > 0.0, "a frame rate above 0");
  QuietFfmpeg();
  State& s = *state_;
  s.options = options;
  s.ChooseCodec();
  s.OpenFile();
  s.frame->format = s.encoder->pix_fmt;
  s.frame->width = s.encoder->width;
  s.frame->height = s.encoder->height;
  Check(av_frame_get_buffer(s.frame.get(), 0) == 0, "memory for a frame");
}

TimedVideoWriter::~TimedVideoWriter() {
  if (!state_) return;
  try {
    state_->Finish();
  } catch (const std::exception&) {
    // A destructor cannot report it; what was written before stays.
  }
}

TimedVideoWriter::TimedVideoWriter(TimedVideoWriter&&) noexcept = default;

void TimedVideoWriter::Write(const Image& image, double time_s) {
  State& s = *state_;
  Check(s.muxer != nullptr && !s.failed, "a writer that is not finished and has not failed");
  Check(image.width_px == s.options.size_px.width && image.height_px == s.options.size_px.height,
        "a picture of the video's size");
  const int64_t tick = std::llround(time_s * kTicksPerSecond);
  Check(tick > s.last_tick, "times that grow");
  s.last_tick = tick;
  if (const int problem = av_frame_make_writable(s.frame.get()); problem < 0) s.Fail(problem);
  WithOpenCv(s.options.path, [&] { s.Fill(image); });
  s.frame->pts = tick;
  s.Encode(s.frame.get());
}

void TimedVideoWriter::Finish() { state_->Finish(); }

int64_t TimedVideoWriter::bytes() const { return state_->whole_bytes; }
VideoCodec TimedVideoWriter::codec() const { return state_->codec; }

}  // namespace nosetip
