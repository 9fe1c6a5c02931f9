#include "tracker/cli/overlay_output.h"

#include <utility>

#include "tracker/sources/pictures.h"

namespace nosetip {
namespace {

constexpr double kDefaultRateHz = 25.0;

}  // namespace

OverlayOutput::OverlayOutput(const OutputPaths& paths, std::string name, const SourceInfo& info)
    : paths_(paths),
      name_(std::move(name)),
      picture_(info.kind == SourceKind::kPicture),
      frame_rate_hz_(info.frame_rate_hz > 0.0 ? info.frame_rate_hz : kDefaultRateHz) {
  path_ = paths_.PathOf(name_, name_, picture_ ? ".png" : ".mp4");
}

void OverlayOutput::Write(const Image& drawn) {
  if (picture_) {
    WritePicture(path_.string(), drawn);
    return;
  }
  if (!video_) OpenVideo(drawn);
  video_->Write(drawn);
}

WrittenFile OverlayOutput::Finish() {
  if (!video_) return {path_, ""};
  video_->Finish();
  if (video_->codec() == VideoCodec::kH264) return {path_, ""};
  return {path_, video_->Description() + ", as this OpenCV writes no H.264"};
}

void OverlayOutput::OpenVideo(const Image& first) {
  VideoWriterOptions options;
  options.path = path_.string();
  options.width_px = first.width_px;
  options.height_px = first.height_px;
  options.frame_rate_hz = frame_rate_hz_;
  video_.emplace(options);
  if (video_->path() == options.path) return;
  // Another format than hoped for has another extension, and that name may be taken.
  path_ = paths_.PathOf(name_, name_, std::filesystem::path(video_->path()).extension().string());
  if (video_->path() == path_.string()) return;
  options.path = path_.string();
  video_.emplace(options);
}

}  // namespace nosetip
