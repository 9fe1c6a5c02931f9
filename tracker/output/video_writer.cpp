#include "tracker/output/video_writer.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <exception>
#include <limits>
#include <optional>
#include <stdexcept>
#include <utility>

#include <fmt/core.h>
#include <opencv2/core.hpp>

#include "tracker/core/error.h"
#include "tracker/output/sound_copy.h"
#include "tracker/output/video_encoder.h"
#include "tracker/output/video_file.h"
#include "tracker/output/video_planes.h"
#include "tracker/sources/ffmpeg.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

struct FreeMuxer {
  void operator()(AVFormatContext* context) const {
    if (context->pb != nullptr) av_freep(&context->pb->buffer);
    avio_context_free(&context->pb);
    avformat_free_context(context);
  }
};

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
  std::optional<SoundCopy> sound;                     // used while there is a muxer
  std::string sound_note;
  std::optional<VideoFile> file;  // nothing once finished
  AvFramePtr frame{av_frame_alloc()};
  AvPacketPtr packet{av_packet_alloc()};
  int64_t last_tick = -1;
  int64_t bytes = 0;

  void ChooseCodec();
  void Open();
  int OpenMuxer();
  void WriteSound(double until_s);
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

// Returns FFmpeg's result of writing the header.
int VideoWriter::State::OpenMuxer() {
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
  if (options.sound) sound.emplace(*options.sound, *context);
  const bool has_sound = context->nb_streams > 1;
  AVDictionary* settings = nullptr;
  av_dict_set(&settings, "movflags", "empty_moov+default_base_moof", 0);
  // Headers of sound hold what only its packets tell, among it where it begins beside the pictures.
  if (has_sound) {
    av_dict_set(&settings, "movflags", "+delay_moov", AV_DICT_APPEND);
    av_dict_set_int(&settings, "movie_timescale", kTicksPerSecond, 0);
    context->strict_std_compliance = FF_COMPLIANCE_EXPERIMENTAL;  // FLAC was before FFmpeg 6
  }
  av_dict_set_int(&settings, "frag_duration", int64_t{1000} * kFragmentMs, 0);
  const int started = avformat_write_header(context, &settings);
  av_dict_free(&settings);
  // An empty header turns it off, but this one waits for packets, so their form can be converted.
  if (has_sound) context->flags |= AVFMT_FLAG_AUTO_BSF;
  return started;
}

void VideoWriter::State::Open() {
  int started = OpenMuxer();
  std::string left_out = sound ? sound->left_out() : "";
  if (started < 0 && sound) {
    left_out += (left_out.empty() ? "" : ", ") + sound->codecs();
    sound.reset();
    options.sound.reset();
    pending.clear();
    started = OpenMuxer();
  }
  CheckWritten(started);
  if (left_out.empty()) return;
  sound_note = fmt::format(
      "without its sound in {}, which MP4 cannot hold; convert it to AAC to keep it", left_out);
}

// Before the pictures from `until_s` on, so that the fragments hold both.
void VideoWriter::State::WriteSound(double until_s) {
  while (muxer && sound) {
    AVPacket* next = sound->Next(until_s);
    if (next == nullptr) return;
    // One that the muxer refuses is damaged; the others follow.
    CheckWritten(std::max(0, av_write_frame(muxer.get(), next)));
  }
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
  if (last_tick >= 0) {
    WriteSound(static_cast<double>(last_tick) / kTicksPerSecond + 1.0 / options.frame_rate_hz);
  }
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
  s.Open();
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
  s.WriteSound(time_s);
  if (const int problem = av_frame_make_writable(s.frame.get()); problem < 0) s.Fail(problem);
  WithOpenCv(s.options.path, [&] { s.Fill(image); });
  s.frame->pts = tick;
  s.Encode(s.frame.get());
}

void VideoWriter::WriteRestOfSound() {
  state_->WriteSound(std::numeric_limits<double>::infinity());
}

void VideoWriter::Finish() { state_->Finish(); }

int64_t VideoWriter::bytes() const { return state_->bytes; }
VideoWriter::Codec VideoWriter::codec() const { return state_->codec; }
const std::string& VideoWriter::sound_note() const { return state_->sound_note; }

}  // namespace nosetip
