#include "tracker/output/video_writer.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <filesystem>
#include <optional>

#include <opencv2/imgproc.hpp>
#include <opencv2/videoio.hpp>

#include "tracker/core/atomic_file.h"
#include "tracker/core/error.h"
#include "tracker/sources/container_check.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

struct Format {
  VideoCodec codec;
  int fourcc;
  const char* extension;
  const char* description;
};

Format FormatOf(VideoCodec codec) {
  switch (codec) {
    case VideoCodec::kH264:
      return {codec, cv::VideoWriter::fourcc('a', 'v', 'c', '1'), ".mp4", "H.264 in MP4"};
    case VideoCodec::kMpeg4:
      return {codec, cv::VideoWriter::fourcc('m', 'p', '4', 'v'), ".mp4", "MPEG-4 in MP4"};
    case VideoCodec::kMotionJpeg:
      return {codec, cv::VideoWriter::fourcc('M', 'J', 'P', 'G'), ".avi", "motion JPEG in AVI"};
  }
  throw std::logic_error("an unknown codec");
}

// OpenCV's writer and FFmpeg's muxer do not report failed writes, so the file itself is checked.
bool IsWhole(const std::string& path, int64_t frames) {
  const ContainerFacts facts = InspectContainer(path);
  if (facts.truncated || facts.index_missing) return false;
  const cv::VideoCapture written("file:" + path, cv::CAP_FFMPEG);
  return written.isOpened() &&
         std::llround(written.get(cv::CAP_PROP_FRAME_COUNT)) == static_cast<long long>(frames);
}

// A picture of another size, as where a stream changes its own, is scaled to fit, between black
// bars.
cv::Mat Fitted(const cv::Mat& bgr, const cv::Size& size) {
  if (bgr.size() == size) return bgr;
  const double scale = std::min(static_cast<double>(size.width) / bgr.cols,
                                static_cast<double>(size.height) / bgr.rows);
  const cv::Size scaled(
      std::clamp(static_cast<int>(std::lround(scale * bgr.cols)), 1, size.width),
      std::clamp(static_cast<int>(std::lround(scale * bgr.rows)), 1, size.height));
  cv::Mat fitted(size, CV_8UC3, cv::Scalar::all(0));
  cv::Mat inside = fitted(
      cv::Rect({(size.width - scaled.width) / 2, (size.height - scaled.height) / 2}, scaled));
  cv::resize(bgr, inside, scaled, 0.0, 0.0, cv::INTER_AREA);
  return fitted;
}

}  // namespace

struct VideoWriter::State {
  VideoWriterOptions options;
  std::string path;                // with the format's extension
  std::optional<AtomicFile> file;  // nothing once finished
  cv::VideoWriter writer;
  Format format{};
  int64_t frames = 0;

  bool Open(VideoCodec codec);
  void CheckFreeSpace() const;
  void Finish();
};

bool VideoWriter::State::Open(VideoCodec codec) {
  format = FormatOf(codec);
  path = fs::path(options.path).replace_extension(format.extension).string();
  file.emplace(path, AtomicFileOptions{.part_name = PartName::kHidden});
  const cv::Size size(Even(options.width_px), Even(options.height_px));
  return writer.open(file->part_path().string(), cv::CAP_FFMPEG, format.fourcc,
                     options.frame_rate_hz, size);
}

void VideoWriter::State::CheckFreeSpace() const {
  constexpr uintmax_t kMinFreeBytes = 1U << 20U;
  std::error_code problem;
  const fs::space_info space = fs::space(file->part_path().parent_path(), problem);
  if (!problem && space.available < kMinFreeBytes) ThrowWriteError(path, ENOSPC);
}

void VideoWriter::State::Finish() {
  if (!file) return;
  AtomicFile done = std::move(*file);
  file.reset();
  WithOpenCv(path, [&] { writer.release(); });
  if (frames == 0) return;
  if (!WithOpenCv(path, [&] { return IsWhole(done.part_path().string(), frames); })) {
    throw Error(path +
                ": not all of the video could be written; check whether the disk is full, or "
                "choose another folder");
  }
  done.Commit();
}

VideoWriter::VideoWriter(const VideoWriterOptions& options) : state_(std::make_unique<State>()) {
  Check(options.width_px > 0 && options.height_px > 0, "a video size above 0");
  Check(options.frame_rate_hz > 0.0, "a frame rate above 0");
  Check(!options.codecs.empty(), "a codec to choose from");
  state_->options = options;
  WithOpenCv(options.path, [&] {
    for (const VideoCodec codec : options.codecs) {
      if (state_->Open(codec)) return;
    }
    state_->file.reset();
    throw Error(options.path +
                ": this OpenCV can write none of the wanted video formats; install one with FFmpeg "
                "support");
  });
}

VideoWriter::~VideoWriter() {
  if (!state_) return;
  try {
    state_->Finish();
  } catch (const std::exception&) {
    // A destructor cannot report it; the broken file is removed.
  }
}

VideoWriter::VideoWriter(VideoWriter&&) noexcept = default;

void VideoWriter::Write(const Image& image) {
  State& s = *state_;
  Check(s.file.has_value(), "a writer that is not finished");
  Check(!image.Empty(), "a picture to write");
  constexpr int64_t kFramesBetweenChecks = 32;
  if (s.frames % kFramesBetweenChecks == 0) s.CheckFreeSpace();
  WithOpenCv(s.path, [&] {
    cv::Mat bgr = Fitted(BgrFromImage(image), {s.options.width_px, s.options.height_px});
    const int more_columns = bgr.cols % 2;
    const int more_rows = bgr.rows % 2;
    if (more_columns + more_rows > 0) {
      cv::copyMakeBorder(bgr, bgr, 0, more_rows, 0, more_columns, cv::BORDER_REPLICATE);
    }
    s.writer.write(bgr);
  });
  ++s.frames;
}

void VideoWriter::Finish() { state_->Finish(); }

const std::string& VideoWriter::path() const { return state_->path; }
VideoCodec VideoWriter::codec() const { return state_->format.codec; }
std::string VideoWriter::Description() const { return state_->format.description; }

}  // namespace nosetip
