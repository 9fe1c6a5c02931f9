#include "tracker/output/annotation_writers.h"

#include <cmath>
#include <string>

#include <fmt/core.h>

#include "tracker/core/atomic_file.h"
#include "tracker/core/error.h"
#include "tracker/output/number_text.h"

namespace nosetip {
namespace {

constexpr int kPtsDecimals = 4;
constexpr int kCsvDecimals = 3;

std::string PartElement(size_t index, Point2f p) {
  return fmt::format("      <part name='{:02}' x='{}' y='{}'/>\n", index, std::lround(p.x),
                     std::lround(p.y));
}

std::string BoxElement(const DlibFace& face) {
  // dlib's box starts at a whole pixel; ours at that pixel's edge, half a pixel before its center.
  std::string text = fmt::format("    <box top='{}' left='{}' width='{}' height='{}'",
                                 std::lround(face.box.y + 0.5F), std::lround(face.box.x + 0.5F),
                                 std::lround(face.box.width), std::lround(face.box.height));
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
  std::string text = fmt::format("  <image file='{}' width='{}' height='{}'>\n",
                                 MarkupText(picture), width_px, height_px);
  for (const DlibFace& face : faces) text += BoxElement(face);
  file_.Write(text + "  </image>\n");
}

void DlibXmlWriter::Finish() {
  file_.Write("</images>\n</dataset>\n");
  file_.Finish();
}

void WritePts(const std::filesystem::path& path, std::span<const Point2f> points_px) {
  std::string text = fmt::format("version: 1\nn_points: {}\n{{\n", points_px.size());
  for (const Point2f& p : points_px) {
    text += fmt::format("{} {}\n", FixedText(double{p.x} + 1.0, kPtsDecimals),
                        FixedText(double{p.y} + 1.0, kPtsDecimals));
  }
  AtomicFile file(path, {.sync = false});
  file.Write(text + "}\n");
  file.Commit();
}

std::string PtsStem(const std::string& stem, size_t face, size_t face_count) {
  return face_count > 1 ? fmt::format("{}_{}", stem, face + 1) : stem;
}

KaggleCsvWriter::KaggleCsvWriter(const std::filesystem::path& path, int64_t first_id)
    : next_id_(first_id), file_(path) {
  file_.Write("Id,Predicted\n");
}

void KaggleCsvWriter::Write(std::span<const Point2f> points_px) {
  std::string rows;
  for (const Point2f& p : points_px) {
    for (const float coordinate : {p.x, p.y}) {
      Check(std::isfinite(coordinate), "coordinates that are finite");
      rows += fmt::format("{},{}\n", next_id_++, FixedText(coordinate, kCsvDecimals));
    }
  }
  file_.Write(rows);
}

KeypointsCsvWriter::KeypointsCsvWriter(const std::filesystem::path& path, int point_count)
    : point_count_(point_count), file_(path) {
  std::string header = "image";
  for (int i = 0; i < 2 * point_count; ++i) header += fmt::format(",{}", i);
  file_.Write(header + '\n');
}

void KeypointsCsvWriter::Write(std::string_view picture, std::span<const Point2f> points_px) {
  Check(points_px.size() == static_cast<size_t>(point_count_),
        "as many points as the table has columns");
  std::string row = CsvField(picture);
  for (const Point2f& p : points_px) {
    row += fmt::format(",{},{}", FixedText(p.x, kCsvDecimals), FixedText(p.y, kCsvDecimals));
  }
  file_.Write(row + '\n');
}

}  // namespace nosetip
