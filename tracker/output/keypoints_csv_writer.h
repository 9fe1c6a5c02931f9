// Keypoints as a table with one picture a row: its file name, then x and y of each point in 0-based
// picture pixels, under the header `image,0,1,2,...`. The form of the facial keypoints of YouTube
// Faces that courses hand out.
#pragma once

#include <filesystem>
#include <span>
#include <string_view>

#include "tracker/core/geometry.h"
#include "tracker/output/text_output.h"

namespace nosetip {

// Throws Error where the file cannot be written. See TextOutput for when it appears.
class KeypointsCsvWriter {
 public:
  KeypointsCsvWriter(const std::filesystem::path& path, int point_count);

  void Write(std::string_view picture, std::span<const Point2f> points_px);
  void Finish() { file_.Finish(); }

 private:
  int point_count_;
  TextOutput file_;
};

}  // namespace nosetip
