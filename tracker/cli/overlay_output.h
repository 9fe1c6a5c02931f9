// What was tracked, drawn into the frames.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "tracker/cli/output_plan.h"
#include "tracker/core/image.h"
#include "tracker/vision/frame_source.h"
#include "tracker/vision/video_writer.h"

namespace nosetip {

// NAME.mp4 of a video, NAME.png of a picture. Throws Error where it cannot be written.
class OverlayOutput {
 public:
  OverlayOutput(OutputPaths& paths, const std::string& name, const SourceInfo& info);

  void Write(const Image& drawn);
  // Returns the path of what is now complete.
  std::filesystem::path Finish();

 private:
  std::filesystem::path path_;
  bool picture_ = false;
  double frame_rate_hz_ = 0.0;
  std::optional<VideoWriter> video_;  // from the first frame on, whose size it has
};

}  // namespace nosetip
