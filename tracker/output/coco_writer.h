// Faces as COCO keypoints (cocodataset.org, "Data format"), as CVAT and COCO's tools read them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "tracker/core/face.h"
#include "tracker/core/geometry.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/output/text_output.h"

namespace nosetip {

// One object with `annotations`, `images` and one category, "face":
//
//   annotations  id, image_id, category_id, bbox [x, y, width, height], area, iscrowd 0, keypoints
//                [x, y, v, ...], num_keypoints, track_id (the face's id), score (its confidence)
//   images       id, file_name, width, height
//   categories   id 1, name, supercategory, keypoints (a name each), skeleton (lines, 1-based)
//
// Ids count from 1. Points are in 0-based picture pixels with v 2; those of a face without points
// are 0, 0, 0. Memory grows by some 100 bytes per picture. Throws Error where the file cannot be
// written; see TextOutput for when it appears.
class CocoWriter {
 public:
  // `schema` must outlive this.
  CocoWriter(const std::filesystem::path& path, const LandmarkSchema& schema);

  // A picture without a face is kept too. `file_name` is that in the folder of the pictures.
  void Write(std::string_view file_name, SizePx size_px, const TrackResult& result);
  void Finish();

 private:
  const LandmarkSchema& schema_;
  TextOutput file_;
  std::string images_;  // JSON, one after the other with commas
  int64_t image_id_ = 0;
  int64_t annotation_id_ = 0;
};

}  // namespace nosetip
