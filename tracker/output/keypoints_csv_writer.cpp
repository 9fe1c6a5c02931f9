#include "tracker/output/keypoints_csv_writer.h"

#include <string>

#include "tracker/core/error.h"
#include "tracker/output/number_text.h"

namespace nosetip {

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
