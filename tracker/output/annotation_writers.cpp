#include "tracker/output/annotation_writers.h"

#include <cmath>
#include <string>

#include "tracker/output/number_text.h"
#include "tracker/output/text_output.h"

namespace nosetip {
namespace {

std::string Attribute(std::string_view name, std::string_view value) {
  return ' ' + std::string(name) + "='" + std::string(value) + '\'';
}

std::string Attribute(std::string_view name, float value) {
  return Attribute(name, std::to_string(std::lround(value)));
}

std::string PartElement(size_t index, Point2f p) {
  std::string name = index < 10 ? "0" : "";
  name += std::to_string(index);
  return "      <part" + Attribute("name", name) + Attribute("x", p.x) + Attribute("y", p.y) +
         "/>\n";
}

std::string BoxElement(const DlibFace& face) {
  // dlib's box starts at a whole pixel; ours at that pixel's edge, half a pixel before its center.
  std::string text = "    <box" + Attribute("top", face.box.y + 0.5F) +
                     Attribute("left", face.box.x + 0.5F) + Attribute("width", face.box.width) +
                     Attribute("height", face.box.height);
  if (face.points_px.empty()) return text + "/>\n";
  text += ">\n";
  for (size_t i = 0; i < face.points_px.size(); ++i) text += PartElement(i, face.points_px[i]);
  return text + "    </box>\n";
}

}  // namespace

DlibXmlWriter::DlibXmlWriter(const std::filesystem::path& path) : file_(path) {
  file_.Write("<?xml version='1.0' encoding='UTF-8'?>\n<dataset>\n<images>\n");
}

void DlibXmlWriter::Write(std::string_view picture, int width_px, int height_px,
                          const std::vector<DlibFace>& faces) {
  std::string text = "  <image" + Attribute("file", MarkupText(picture)) +
                     Attribute("width", std::to_string(width_px)) +
                     Attribute("height", std::to_string(height_px)) + ">\n";
  for (const DlibFace& face : faces) text += BoxElement(face);
  file_.Write(text + "  </image>\n");
}

void DlibXmlWriter::Finish() {
  file_.Write("</images>\n</dataset>\n");
  file_.Finish();
}

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
