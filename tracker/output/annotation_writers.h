// Boxes and points as dlib's imglab and its trainers read them (dlib.net, image_dataset_metadata):
//
//   <image file='a.jpg' width='640' height='480'>
//     <box top='10' left='20' width='100' height='100'><part name='00' x='25' y='40'/>...
//
// dlib takes whole pixels only, so boxes and points are rounded.
#pragma once

#include <filesystem>
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

}  // namespace nosetip
