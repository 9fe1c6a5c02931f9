#include "tracker/sources/video_source.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <filesystem>
#include <optional>
#include <utility>

extern "C" {
#include <libavutil/parseutils.h>
}
#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/core/readable_file.h"
#include "tracker/sources/container_check.h"
#include "tracker/sources/frame_converter.h"
#include "tracker/sources/lost_frames.h"
#include "tracker/sources/media_input.h"
#include "tracker/sources/video_decoder.h"

namespace nosetip {
namespace {

// FFmpeg gives the time base (90000 or 1000) where it does not know the rate, so higher rates, and
// counts derived from them, mean nothing.
constexpr double kHighestRateHz = 480.0;

double RateOf(const AVStream& stream) {
  double rate_hz = stream.avg_frame_rate.den > 0 ? av_q2d(stream.avg_frame_rate) : 0.0;
  if (rate_hz <= 0.0 && stream.r_frame_rate.den > 0) rate_hz = av_q2d(stream.r_frame_rate);
  return rate_hz > 0.0 && rate_hz <= kHighestRateHz ? rate_hz : 0.0;
}

bool HasSound(AVFormatContext& input) {
  return av_find_best_stream(&input, AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0) >= 0;
}

class VideoSource : public FrameSource {
 public:
  VideoSource(std::unique_ptr<MediaInput> input, AVStream& stream, SourceInfo info,
              const ContainerFacts& facts)
      : info_(std::move(info)),
        input_(std::move(input)),
        stream_(stream),
        decoder_(*input_, stream),
        converter_(stream),
        facts_(facts),
        clock_(info_.frame_rate_hz) {}

  const SourceInfo& info() const override { return info_; }
  FramePtr Next() override;
  // Reads ahead by one frame, for its size and to know that there is one.
  bool Start();

 private:
  FramePtr Decode();
  void CheckEnd();
  void CheckFile() const;
  void CheckStream() const;

  SourceInfo info_;
  std::unique_ptr<MediaInput> input_;
  AVStream& stream_;
  VideoDecoder decoder_;
  FrameConverter converter_;
  ContainerFacts facts_;
  FrameClock clock_;
  FramePtr first_;
  int64_t frames_ = 0;
  double last_s_ = 0.0;
  bool ended_ = false;
};

bool VideoSource::Start() {
  first_ = Decode();
  if (!first_) return false;
  info_.width_px = first_->image.width_px;
  info_.height_px = first_->image.height_px;
  return true;
}

FramePtr VideoSource::Next() {
  if (first_) return std::exchange(first_, nullptr);
  if (ended_) return nullptr;
  FramePtr frame = Decode();
  if (frame) return frame;
  ended_ = true;
  if (!input_->stopped()) CheckEnd();
  return nullptr;
}

FramePtr VideoSource::Decode() {
  const AVFrame* decoded = decoder_.Next();
  if (decoded == nullptr) return nullptr;
  auto frame = std::make_shared<Frame>();
  frame->id = frames_++;
  frame->captured_at = std::chrono::steady_clock::now();
  const std::optional<double> own_s = decoder_.TimeOf(*decoded);
  if (frame->id == 0 && info_.has_sound) info_.sound_zero_s = own_s;
  frame->pts_s = last_s_ = clock_.TimeOf(own_s);
  frame->image = converter_.Convert(*decoded, info_.name);
  return frame;
}

void VideoSource::CheckEnd() {
  info_.note = LostFramesText(input_->context(), stream_, decoder_.amount());
  if (info_.kind == SourceKind::kVideoFile) {
    CheckFile();
  } else {
    CheckStream();
  }
}

void VideoSource::CheckFile() const {
  const std::optional<int64_t> exact = FramesInIndex(stream_, input_->context());
  const int64_t claimed = exact.value_or(info_.frame_count.value_or(0));
  const int64_t read = exact ? decoder_.amount().packets : frames_;
  if (facts_.truncated && (claimed == 0 || read < claimed)) {
    const std::string all =
        claimed == 0 ? "" : fmt::format(" of {}{}", exact ? "" : "about ", claimed);
    throw Error(
        fmt::format("{}: the file is truncated after {}{} frames ({:.2f} s); copy or "
                    "download it again",
                    info_.name, frames_, all, last_s_));
  }
  if (input_->problem() < 0) {
    throw Error(
        fmt::format("{}: cannot be read after frame {} ({:.2f} s): {}; check the disk, "
                    "or copy or download the file again",
                    info_.name, frames_, last_s_, FfmpegReason(input_->problem())));
  }
  // A decoder may drop a frame or two at the ends, which is not worth an error.
  const int64_t lost = claimed - read + decoder_.amount().refused;
  if (exact && lost > std::max<int64_t>(2, claimed / 100)) {
    throw Error(
        fmt::format("{}: the file is damaged: only {} of {} frames could be decoded; copy "
                    "or download it again",
                    info_.name, claimed - lost, claimed));
  }
}

void VideoSource::CheckStream() const {
  // An end without a length, as that of a camera, is reported as an input/output error.
  const int problem = input_->problem() == AVERROR(EIO) ? 0 : input_->problem();
  const std::string reason = problem < 0 ? ": " + FfmpegReason(problem) : "";
  // A recording that is sent without its length in bytes may still have one in seconds.
  constexpr double kToleranceS = 1.0;
  const double duration_s =
      static_cast<double>(std::max<int64_t>(input_->context().duration, 0)) / AV_TIME_BASE;
  const bool whole = duration_s > 0.0 && last_s_ + kToleranceS >= duration_s;
  if (problem == 0 && !input_->BrokeOff() && (whole || !input_->IsLive())) return;
  throw Error(
      fmt::format("{}: the stream ended early, after {} frames ({:.1f} s){}; check the "
                  "sender and the network",
                  info_.name, frames_, last_s_, reason));
}

[[noreturn]] void ThrowUnreadableVideo(const std::string& path, const ContainerFacts& facts) {
  if (facts.truncated) {
    throw Error(path +
                ": the video is truncated and none of it can be decoded; copy or download it "
                "again");
  }
  if (facts.index_missing) {
    throw Error(path +
                ": the video has no index, probably because its recording was interrupted; record "
                "or download it again");
  }
  throw Error(path +
              " is not a video or picture that can be read; convert it, for example to an "
              "MP4 with H.264");
}

// Null where it could not be opened or holds no video.
AVStream* VideoOf(const MediaInput& input) {
  return input.problem() < 0 ? nullptr : FindVideo(input.context());
}

void CheckHasVideo(const MediaInput& input) {
  const bool has_others = input.problem() == 0 && input.context().nb_streams > 0;
  if (!has_others || FindVideo(input.context()) != nullptr) return;
  throw Error(input.name() + " holds no video, only sound or other data; choose another file");
}

// The container's claim, or an estimate from its duration.
std::optional<int64_t> FrameCount(const AVFormatContext& input, const AVStream& stream,
                                  double rate_hz, const std::string& path) {
  if (const auto exact = FramesInIndex(stream, input)) return exact;
  int64_t count = stream.nb_frames;
  if (count <= 0 && rate_hz > 0.0 && input.duration > 0) {
    count = std::llround(static_cast<double>(input.duration) / AV_TIME_BASE * rate_hz);
  }
  std::error_code ignored;
  // A frame takes a byte at least.
  const auto bytes = static_cast<int64_t>(std::filesystem::file_size(path, ignored));
  return count > 0 && count <= bytes ? std::optional(count) : std::nullopt;
}

// Unix time.
std::optional<double> CreationTime(const AVFormatContext& input) {
  const AVDictionaryEntry* entry = av_dict_get(input.metadata, "creation_time", nullptr, 0);
  int64_t microseconds = 0;
  if (entry == nullptr || av_parse_time(&microseconds, entry->value, 0) < 0) return std::nullopt;
  return static_cast<double>(microseconds) / AV_TIME_BASE;
}

}  // namespace

std::unique_ptr<FrameSource> OpenVideoFile(const std::string& path, const std::stop_token& stop) {
  CheckReadableFile(path);
  const ContainerFacts facts = InspectContainer(path);
  // A plain name, so that no part of it is taken for a protocol or a pattern.
  auto input = std::make_unique<MediaInput>(
      MediaInputOptions{.name = path, .address = "file:" + path, .stop = stop});
  // What FFmpeg takes a broken file for may be anything.
  if (!facts.truncated && !facts.index_missing) CheckHasVideo(*input);
  AVStream* stream = VideoOf(*input);
  if (stream == nullptr) ThrowUnreadableVideo(path, facts);
  SourceInfo info;
  info.kind = SourceKind::kVideoFile;
  info.name = path;
  info.frame_rate_hz = RateOf(*stream);
  info.frame_count = FrameCount(input->context(), *stream, info.frame_rate_hz, path);
  info.recorded_at_s = CreationTime(input->context());
  info.has_sound = HasSound(input->context());
  auto source = std::make_unique<VideoSource>(std::move(input), *stream, std::move(info), facts);
  if (!source->Start()) ThrowUnreadableVideo(path, facts);
  return source;
}

std::unique_ptr<FrameSource> OpenStream(const std::string& address, const StreamOptions& options) {
  auto input = std::make_unique<MediaInput>(MediaInputOptions{
      .name = address, .address = address, .timeout_ms = options.timeout_ms, .stop = options.stop});
  const auto fail = [&](const std::string& reason) {
    throw Error(
        fmt::format("{}: no video came from this address{}; check it, the network and that "
                    "the sender is on",
                    address, reason));
  };
  if (input->problem() < 0) fail(" (" + FfmpegReason(input->problem()) + ")");
  CheckHasVideo(*input);
  AVStream* stream = VideoOf(*input);
  if (stream == nullptr) fail("");
  SourceInfo info;
  info.kind = SourceKind::kStream;
  info.name = address;
  info.frame_rate_hz = RateOf(*stream);
  auto source =
      std::make_unique<VideoSource>(std::move(input), *stream, std::move(info), ContainerFacts());
  if (!source->Start()) fail("");
  return source;
}

}  // namespace nosetip
