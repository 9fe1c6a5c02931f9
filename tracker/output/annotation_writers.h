// Boxes and points as dlib's imglab and its trainers read them (dlib.net, image_dataset_metadata):
//
//   <image file='a.jpg' width='640' height='480'>
//     <box top='10' left='20' width='100' height='100'><part name='00' x='25' y='40'/>...
//
// dlib takes whole pixels only, so boxes and points are rounded.
#pragma once

#include <cstddef>
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

// Throws Error where the file cannot be written. See TextOutput for when it appears.
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
// Like all iBUG files they are 1-based: the center of the top left pixel is (1, 1).

// `points_px` is 0-based. Throws Error where the file cannot be written.
void WritePts(const std::filesystem::path& path, std::span<const Point2f> points_px);

// The name, without extension, of one face's file: STEM where a picture has one face, STEM_1,
// STEM_2
// ... where it has several. `face` counts from 0.
std::string PtsStem(const std::string& stem, size_t face, size_t face_count);

}  // namespace nosetip
