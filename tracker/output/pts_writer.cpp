#include "tracker/output/pts_writer.h"

#include "tracker/output/number_text.h"
#include "tracker/output/text_output.h"

namespace nosetip {

void WritePts(const std::filesystem::path& path, std::span<const Point2f> points_px) {
  constexpr int kDecimals = 4;
  std::string text = "version: 1\nn_points: " + std::to_string(points_px.size()) + "\n{\n";
  for (const Point2f& p : points_px) {
    text += FixedText(double{p.x} + 1.0, kDecimals) + ' ' + FixedText(double{p.y} + 1.0, kDecimals);
    text += '\n';
  }
  TextOutput file(path);
  file.Write(text + "}\n");
  file.Finish();
}

std::string PtsStem(const std::string& stem, size_t face, size_t face_count) {
  return face_count > 1 ? stem + '_' + std::to_string(face + 1) : stem;
}

}  // namespace nosetip
