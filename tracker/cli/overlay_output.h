// What was tracked, drawn into the frames.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "tracker/cli/output_plan.h"
#include "tracker/core/image.h"
#include "tracker/sources/frame_source.h"
#include "tracker/output/video_writer.h"

namespace nosetip {

// A file that is complete under its name.
struct WrittenFile {
  std::filesystem::path path;
  std::string note;  // what the user should know about it; mostly empty
};

// NAME.mp4 of a video, or NAME.avi where this OpenCV can write no MP4; NAME.png of a picture.
// Throws Error where it cannot be written. A video that is not finished still plays.
class OverlayOutput {
 public:
  // `paths` must outlive this.
  OverlayOutput(const OutputPaths& paths, std::string name, const SourceInfo& info);

  void Write(const Image& drawn);
  WrittenFile Finish();

 private:
  void OpenVideo(const Image& first);

  const OutputPaths& paths_;
  std::string name_;
  std::filesystem::path path_;
  bool picture_ = false;
  double frame_rate_hz_ = 0.0;
  std::optional<VideoWriter> video_;  // from the first frame on, whose size it has
};

}  // namespace nosetip
