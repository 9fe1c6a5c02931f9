#include "tracker/sources/media_input.h"

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/sources/picture_header.h"

namespace nosetip {
namespace {

int64_t BytesRead(const AVFormatContext* context) {
  return context != nullptr && context->pb != nullptr ? context->pb->bytes_read : 0;
}

}  // namespace

MediaInput::MediaInput(MediaInputOptions options) : options_(std::move(options)) {
  QuietFfmpeg();
  Open();
  if (problem_ == 0) Probe();
  if (problem_ == 0) return;
  avformat_close_input(&context_);
  ThrowInterruption();
}

MediaInput::~MediaInput() {
  BeginWait();  // closing a session may send a message
  avformat_close_input(&context_);
}

void MediaInput::Open() {
  context_ = avformat_alloc_context();
  Check(context_ != nullptr, "memory for a demuxer");
  context_->interrupt_callback = {OnWait, this};
  AVDictionary* settings = nullptr;
  if (options_.timeout_ms > 0) av_dict_set(&settings, "rtsp_flags", "prefer_tcp", 0);
  BeginWait();
  problem_ = std::min(0, avformat_open_input(&context_, options_.address.c_str(), nullptr,  //
                                             &settings));
  av_dict_free(&settings);
  if (problem_ < 0 || context_->pb == nullptr) return;
  // That of a playlist is not the video's.
  const std::string_view format = context_->iformat->name;
  if (format != "hls" && format != "dash") size_bytes_ = avio_size(context_->pb);
  // The time of arrival is the only one that such a stream has.
  const bool untimed = (context_->iformat->flags & AVFMT_NOTIMESTAMPS) != 0;
  if (untimed && IsLive()) context_->use_wallclock_as_timestamps = 1;
}

void MediaInput::Probe() {
  std::vector<AVDictionary*> settings(context_->nb_streams, nullptr);
  std::vector<std::pair<int, int>> sizes;
  for (size_t i = 0; i < settings.size(); ++i) {
    av_dict_set_int(&settings[i], "max_pixels", kMaxPicturePixels, 0);
    const AVCodecParameters& stream = *context_->streams[i]->codecpar;
    sizes.emplace_back(stream.width, stream.height);
  }
  BeginWait();
  problem_ = std::min(0, avformat_find_stream_info(context_, settings.data()));
  for (AVDictionary*& of_stream : settings) av_dict_free(&of_stream);
  for (size_t i = 0; i < sizes.size(); ++i) {
    AVCodecParameters& stream = *context_->streams[i]->codecpar;
    // A size that is too large for a decoder is forgotten, but it is the reason.
    if (stream.width <= 0) std::tie(stream.width, stream.height) = sizes[i];
  }
}

bool MediaInput::Read(AVPacket& packet) {
  // Damage is passed over. As an error may also repeat without end, so many in a row are an end.
  constexpr int kMaxFailures = 1000;
  int result = 0;
  for (int failures = 0; failures < kMaxFailures; ++failures) {
    BeginWait();
    result = av_read_frame(context_, &packet);
    if (result >= 0) return true;
    ThrowInterruption();
    if (result == AVERROR_EOF || stopped()) return false;
    if (result == AVERROR(EAGAIN)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    const bool passing = result == AVERROR_INVALIDDATA || result == AVERROR(EAGAIN);
    if (options_.timeout_ms > 0 && !passing) break;
  }
  problem_ = result;
  return false;
}

bool MediaInput::BrokeOff() const {
  const AVIOContext* io = context_->pb;
  return io != nullptr && size_bytes_ > 0 && io->eof_reached != 0 &&
         avio_tell(context_->pb) < size_bytes_;
}

void MediaInput::BeginWait() {
  wait_began_ = std::chrono::steady_clock::now();
  bytes_before_ = BytesRead(context_);
}

// FFmpeg asks before it waits, on the thread that called it.
int MediaInput::OnWait(void* self) {
  auto& input = *static_cast<MediaInput*>(self);
  const int64_t bytes = BytesRead(input.context_) - input.bytes_before_;
  if (input.stopped() && bytes >= input.options_.bytes_after_stop) {
    input.interruption_ = Interruption::kStop;
  } else if (input.IsLive() && bytes > kMaxSilentBytes) {
    input.interruption_ = Interruption::kEndless;
  } else if (input.options_.timeout_ms > 0 &&
             std::chrono::steady_clock::now() - input.wait_began_ >
                 std::chrono::milliseconds(input.options_.timeout_ms)) {
    input.interruption_ = Interruption::kSilence;
  }
  return input.interruption_ == Interruption::kNone ? 0 : 1;
}

void MediaInput::ThrowInterruption() const {
  if (interruption_ == Interruption::kSilence) {
    throw Error(options_.name + ": the stream stopped sending; check the sender and the network");
  }
  if (interruption_ == Interruption::kEndless) {
    throw Error(fmt::format(
        "{}: the stream sent more than {} MB without the end of a picture, which is the limit; "
        "check that the address is that of a video",
        options_.name, kMaxSilentBytes >> 20U));
  }
}

}  // namespace nosetip
