#include "tracker/cli/overlay_output.h"

#include "tracker/vision/picture_file.h"

namespace nosetip {
namespace {

constexpr double kDefaultRateHz = 25.0;

}  // namespace

OverlayOutput::OverlayOutput(OutputPaths& paths, const std::string& name, const SourceInfo& info)
    : picture_(info.kind == SourceKind::kPicture),
      frame_rate_hz_(info.frame_rate_hz > 0.0 ? info.frame_rate_hz : kDefaultRateHz) {
  path_ = paths.Claim(name, picture_ ? ".png" : ".mp4");
}

void OverlayOutput::Write(const Image& drawn) {
  if (picture_) {
    WritePicture(path_.string(), drawn);
    return;
  }
  if (!video_) {
    VideoWriterOptions options;
    options.path = path_.string();
    options.width_px = drawn.width_px;
    options.height_px = drawn.height_px;
    options.frame_rate_hz = frame_rate_hz_;
    video_.emplace(options);
  }
  video_->Write(drawn);
}

std::filesystem::path OverlayOutput::Finish() {
  if (!video_) return path_;
  video_->Finish();
  return video_->path();
}

}  // namespace nosetip
