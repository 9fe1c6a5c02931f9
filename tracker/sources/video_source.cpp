#include "tracker/sources/video_source.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/core.h>
#include <opencv2/videoio.hpp>

#include "tracker/core/error.h"
#include "tracker/core/readable_file.h"
#include "tracker/sources/container_check.h"
#include "tracker/sources/frame_source.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

using Clock = std::chrono::steady_clock;

// OpenCV reports the time base (90000 or 1000) where it does not know the rate, so higher rates,
// and counts derived from them, mean nothing.
constexpr double kHighestRateHz = 480.0;

class VideoSource : public FrameSource {
 public:
  // A file.
  VideoSource(const std::string& path, cv::VideoCapture capture, const ContainerFacts& facts);
  // A stream.
  VideoSource(const std::string& address, cv::VideoCapture capture, int timeout_ms);

  const SourceInfo& info() const override { return info_; }
  FramePtr Next() override;
  // Reads ahead by one frame, for its size and to know that there is one.
  bool Start();

 private:
  FramePtr Decode();
  bool Grab();
  void CheckComplete() const;

  SourceInfo info_;
  cv::VideoCapture capture_;
  FrameClock clock_;
  FramePtr first_;
  ContainerFacts facts_;
  int timeout_ms_ = 0;  // 0 for files, which are waited for as long as it takes
  int64_t frames_ = 0;
  bool ended_ = false;
};

double RateOf(const cv::VideoCapture& capture) {
  const double rate_hz = capture.get(cv::CAP_PROP_FPS);
  return rate_hz > 0.0 && rate_hz <= kHighestRateHz ? rate_hz : 0.0;
}

VideoSource::VideoSource(const std::string& path, cv::VideoCapture capture,
                         const ContainerFacts& facts)
    : capture_(std::move(capture)), facts_(facts) {
  info_.kind = SourceKind::kVideoFile;
  info_.name = path;
  info_.frame_rate_hz = RateOf(capture_);
  const double count = capture_.get(cv::CAP_PROP_FRAME_COUNT);
  if (count > 0.0 && (facts.exact_count || info_.frame_rate_hz > 0.0)) {
    info_.frame_count = std::llround(count * facts.shown_fraction);
  }
  clock_ = FrameClock(info_.frame_rate_hz);
}

VideoSource::VideoSource(const std::string& address, cv::VideoCapture capture, int timeout_ms)
    : capture_(std::move(capture)), timeout_ms_(timeout_ms) {
  info_.kind = SourceKind::kStream;
  info_.name = address;
  info_.frame_rate_hz = RateOf(capture_);
  clock_ = FrameClock(info_.frame_rate_hz);
}

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
  if (info_.kind == SourceKind::kVideoFile) CheckComplete();
  return nullptr;
}

// OpenCV reports "no frame" at the end, but also for each packet that the decoder refuses, so it is
// asked again. At the end each try takes microseconds.
bool VideoSource::Grab() {
  constexpr int kTries = 1000;
  const Clock::time_point start = Clock::now();
  for (int i = 0; i < kTries; ++i) {
    if (capture_.grab()) return true;
    // OpenCV itself gives up after the timeout; this only distinguishes silence from the end.
    if (timeout_ms_ > 0 && Clock::now() - start > std::chrono::milliseconds(timeout_ms_ / 2)) {
      throw Error(info_.name + ": the stream stopped sending; check the sender and the network");
    }
  }
  return false;
}

FramePtr VideoSource::Decode() {
  return WithOpenCv(info_.name, [&]() -> FramePtr {
    cv::Mat bgr;
    if (!Grab() || !capture_.retrieve(bgr) || bgr.empty()) return nullptr;
    auto frame = std::make_shared<Frame>();
    frame->id = frames_++;
    frame->captured_at = Clock::now();
    frame->pts_s = clock_.TimeOf(capture_.get(cv::CAP_PROP_POS_MSEC) / 1000.0);
    frame->image = ImageFromBgr(bgr);
    return frame;
  });
}

void VideoSource::CheckComplete() const {
  const int64_t claimed = info_.frame_count.value_or(0);
  const int64_t missing = claimed - frames_;
  const std::string counts =
      fmt::format("{} of {}{} frames", frames_, facts_.exact_count ? "" : "about ", claimed);
  if (facts_.truncated && claimed > 0 && missing > 0) {
    throw Error(
        fmt::format("{}: the file is truncated: only {} are in it; copy or download it again",
                    info_.name, counts));
  }
  if (facts_.truncated && claimed == 0) {
    throw Error(fmt::format("{}: the file is truncated after {} frames; copy or download it again",
                            info_.name, frames_));
  }
  // A decoder may drop a frame or two at the ends, which is not worth an error.
  const int64_t tolerance = std::max<int64_t>(2, claimed / 100);
  if (facts_.exact_count && missing > tolerance) {
    throw Error(
        fmt::format("{}: the file is damaged: only {} could be decoded; copy or download it again",
                    info_.name, counts));
  }
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
              ": is not a video or picture that can be read; convert it, for example to an "
              "MP4 with H.264");
}

}  // namespace

std::unique_ptr<FrameSource> OpenVideoFile(const std::string& path) {
  CheckReadableFile(path);
  // A plain name, so that no part of it is taken for a protocol or a pattern.
  const std::string address = "file:" + path;
  const ContainerFacts facts = InspectContainer(path);
  auto source = WithOpenCv(path, [&] {
    return std::make_unique<VideoSource>(path, cv::VideoCapture(address, cv::CAP_FFMPEG), facts);
  });
  if (!source->Start()) ThrowUnreadableVideo(path, facts);
  return source;
}

std::unique_ptr<FrameSource> OpenStream(const std::string& address, int timeout_ms) {
  auto source = WithOpenCv(address, [&] {
    return std::make_unique<VideoSource>(
        address,
        cv::VideoCapture(address, cv::CAP_FFMPEG,
                         {cv::CAP_PROP_OPEN_TIMEOUT_MSEC, timeout_ms,
                          cv::CAP_PROP_READ_TIMEOUT_MSEC, timeout_ms}),
        timeout_ms);
  });
  if (!source->Start()) {
    throw Error(address +
                ": no video came from this address; check it, the network and that the "
                "sender is on");
  }
  return source;
}

}  // namespace nosetip
