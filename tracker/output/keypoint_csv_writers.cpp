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

}  // namespace nosetip
