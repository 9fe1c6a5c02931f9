#include "tracker/output/video_writer.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <exception>
#include <limits>
#include <optional>
#include <stdexcept>

#include <fmt/core.h>
#include <opencv2/core.hpp>

#include "tracker/core/error.h"
#include "tracker/output/mp4_muxer.h"
#include "tracker/output/sound_copy.h"
#include "tracker/output/video_encoder.h"
#include "tracker/output/video_file.h"
#include "tracker/output/video_planes.h"
#include "tracker/sources/ffmpeg.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {

struct VideoWriter::State {
  VideoOptions options;
  VideoWriter::Codec codec = VideoWriter::Codec::kH264;
  AvCodecPtr encoder;
  std::optional<Mp4Muxer> muxer;   // nothing once finished or failed
  std::optional<SoundCopy> sound;  // used while there is a muxer
  int64_t refused_sound = 0;       // packets
  std::optional<VideoFile> file;   // nothing once finished
  AvFramePtr frame{av_frame_alloc()};
  AvPacketPtr packet{av_packet_alloc()};
  int64_t last_tick = -1;
  int64_t bytes = 0;

  void ChooseCodec();
  void Open();
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

void VideoWriter::State::Open() {
  muxer.emplace();
  AVStream& stream = muxer->AddStream();
  avcodec_parameters_from_context(stream.codecpar, encoder.get());
  stream.time_base = encoder->time_base;
  stream.avg_frame_rate = encoder->framerate;
  if (options.sound) sound.emplace(*options.sound, *muxer);
  CheckWritten(muxer->Start());
}

// Before the pictures from `until_s` on, so that the fragments hold both.
void VideoWriter::State::WriteSound(double until_s) {
  while (muxer && sound) {
    AVPacket* next = sound->Next(until_s);
    if (next == nullptr) return;
    // One that the muxer refuses is damaged; the others follow.
    if (muxer->Write(*next) < 0) ++refused_sound;
    CheckWritten(0);
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
  if (result < 0) Fail(result);
  const std::string fragment = muxer->TakeBytes();
  if (fragment.empty()) return;
  try {
    file->Append(fragment);
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
  int received = 0;
  while ((received = avcodec_receive_packet(encoder.get(), packet.get())) == 0) {
    if (packet->duration <= 0) {
      packet->duration = std::llround(kTicksPerSecond / options.frame_rate_hz);
    }
    av_packet_rescale_ts(packet.get(), encoder->time_base, muxer->stream(0).time_base);
    packet->stream_index = 0;
    CheckWritten(muxer->Write(*packet));
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
  CheckWritten(muxer->End());
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
  Check(s.muxer.has_value(), "a writer that is not finished and has not failed");
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

std::string VideoWriter::sound_note() const {
  std::string note = state_->sound ? state_->sound->note() : "";
  if (state_->refused_sound == 0) return note;
  return fmt::format("{}{}without {} damaged packet{} of its sound", note, note.empty() ? "" : "; ",
                     state_->refused_sound, state_->refused_sound == 1 ? "" : "s");
}

}  // namespace nosetip
