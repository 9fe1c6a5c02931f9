#include "bench/compare/landmark_table.h"

#include "tracker/output/number_text.h"

namespace nosetip {
namespace {

std::string Cells(const ComparableFigures& figures) {
  return FixedText(figures.nme_mean, 3) + " | " + FixedText(figures.nme_median, 3) + " | " +
         FixedText(figures.failure_rate, 2);
}

}  // namespace

std::string LandmarkText(const std::vector<LandmarkRow>& rows) {
  std::string text =
      "| boxes | model | faces | not found | NME mean | median | FR@8 | without offsets: mean "
      "| median | FR@8 |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
  for (const LandmarkRow& row : rows) {
    text += "| " + row.boxes + " | " + row.model + " | " + std::to_string(row.errors.faces) +
            " | " + std::to_string(row.errors.not_found) + " | " + Cells(row.errors.as_found) +
            " | " + Cells(row.errors.without_offsets) + " |\n";
  }
  return text;
}

}  // namespace nosetip
