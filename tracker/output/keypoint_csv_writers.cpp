#include "tracker/output/keypoint_csv_writers.h"

#include <cmath>
#include <string>

#include "tracker/core/error.h"
#include "tracker/output/number_text.h"

namespace nosetip {

KaggleCsvWriter::KaggleCsvWriter(const std::filesystem::path& path, int64_t first_id)
    : next_id_(first_id), file_(path) {
  file_.Write("Id,Predicted\n");
}

void KaggleCsvWriter::Write(std::span<const Point2f> points_px) {
  constexpr int kDecimals = 3;
  std::string rows;
  for (const Point2f& p : points_px) {
    for (const float coordinate : {p.x, p.y}) {
      Check(std::isfinite(coordinate), "coordinates that are numbers");
      rows += std::to_string(next_id_++) + ',' + FixedText(coordinate, kDecimals) + '\n';
    }
  }
  file_.Write(rows);
}

KeypointsCsvWriter::KeypointsCsvWriter(const std::filesystem::path& path, int point_count)
    : point_count_(point_count), file_(path) {
  std::string header = "image";
  for (int i = 0; i < 2 * point_count; ++i) header += ',' + std::to_string(i);
  file_.Write(header + '\n');
}

void KeypointsCsvWriter::Write(std::string_view picture, std::span<const Point2f> points_px) {
  constexpr int kDecimals = 3;
  Check(points_px.size() == static_cast<size_t>(point_count_),
        "as many points as the table has columns");
  std::string row = CsvField(picture);
  for (const Point2f& p : points_px) {
    row += ',' + FixedText(p.x, kDecimals) + ',' + FixedText(p.y, kDecimals);
  }
  file_.Write(row + '\n');
}

}  // namespace nosetip
