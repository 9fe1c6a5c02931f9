// Points as the keypoint competition of Berkeley's CS 194-26 / CS 180 (project 5, "Facial Keypoint
// Detection with Neural Networks") takes them on Kaggle: one coordinate a row,
//
//   Id,Predicted
//   0,x of the first face's point 0
//   1,y of the first face's point 0
//   2,x of the first face's point 1
//
// in 0-based pixels of the whole picture, face after face. Nothing but the Id says what a row is,
// so every face must be written, in the order of the competition's file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

#include "tracker/core/geometry.h"
#include "tracker/output/text_output.h"

namespace nosetip {

// Throws Error where the file cannot be written. See TextOutput for when it appears.
class KaggleCsvWriter {
 public:
  explicit KaggleCsvWriter(const std::filesystem::path& path, int64_t first_id = 0);

  // The next face. Throws std::logic_error for a coordinate that is no number.
  void Write(std::span<const Point2f> points_px);
  void Finish() { file_.Finish(); }
  // Of the row after the last one.
  int64_t next_id() const { return next_id_; }

 private:
  int64_t next_id_;
  TextOutput file_;
};

// Keypoints as a table with one picture a row: its file name, then x and y of each point in 0-based
// picture pixels, under the header `image,0,1,2,...`. The form of the facial keypoints of YouTube
// Faces that courses hand out.

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
