// Points in the file formats of other programs and data sets. Each writer throws Error where its
// file cannot be written; see TextOutput for when the file appears.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/output/text_output.h"

namespace nosetip {

struct DlibFace {
  RectF box;
  std::vector<Point2f> points_px;  // 0-based; may be empty
};

// Boxes and points as dlib's imglab and its trainers read them (dlib.net, image_dataset_metadata):
//
//   <image file='a.jpg' width='640' height='480'>
//     <box top='10' left='20' width='100' height='100'><part name='00' x='25' y='40'/>...
//
// dlib takes whole pixels only, so boxes and points are rounded.
class DlibXmlWriter {
 public:
  explicit DlibXmlWriter(const std::filesystem::path& path);

  // `picture` is relative to the folder of the XML file. A picture without a face is kept too.
  void Write(std::string_view picture, int width_px, int height_px,
             const std::vector<DlibFace>& faces);
  void Finish();

 private:
  TextOutput file_;
};

// Points of one face in the form of iBUG's .pts files (Sagonas et al., IMAVIS 2016):
//
//   version: 1
//   n_points: 68
//   {
//   x y
//   }
//
// Like all iBUG files they are 1-based: the center of the top left pixel is (1, 1). `points_px` is
// 0-based. Not synced to the disk, as there may be thousands.
void WritePts(const std::filesystem::path& path, std::span<const Point2f> points_px);

// The name, without extension, of one face's .pts file: STEM where a picture has one face, STEM_1,
// STEM_2 ... where it has several. `face` counts from 0.
std::string PtsStem(const std::string& stem, size_t face, size_t face_count);

// Points as the keypoint competition of Berkeley's CS 194-26 / CS 180 (project 5, "Facial Keypoint
// Detection with Neural Networks") takes them on Kaggle: one row per coordinate,
//
//   Id,Predicted
//   0,x of the first face's point 0
//   1,y of the first face's point 0
//   2,x of the first face's point 1
//
// in 0-based pixels of the whole picture, face after face. Only the Id tells what a row is, so
// every face must be written, in the order of the competition's file.
class KaggleCsvWriter {
 public:
  explicit KaggleCsvWriter(const std::filesystem::path& path, int64_t first_id = 0);

  // The next face. Throws std::logic_error for a coordinate that is not finite.
  void Write(std::span<const Point2f> points_px);
  void Finish() { file_.Finish(); }
  // Of the row after the last one.
  int64_t next_id() const { return next_id_; }

 private:
  int64_t next_id_;
  TextOutput file_;
};

// Points as a table with one row per picture: its file name, then x and y of each point in 0-based
// picture pixels, under the header `image,0,1,2,...`. The form of the facial keypoints of YouTube
// Faces that courses hand out.
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
