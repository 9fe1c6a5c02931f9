#include "bench/compare/comparable_errors.h"

#include <fmt/core.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

Point2f Offset(const ComparedFace& face, size_t point) {
  const auto scale = static_cast<float>(1.0 / face.eye_distance_px);
  return scale * (face.predicted_px[point] - face.truth_px[point]);
}

// The mean offset of each point, in eye distances.
std::vector<Point2f> MeanOffsets(std::span<const std::optional<ComparedFace>> faces) {
  std::vector<std::vector<Point2f>> offsets;
  for (const auto& face : faces) {
    if (!face) continue;
    offsets.resize(face->truth_px.size());
    for (size_t k = 0; k < offsets.size(); ++k) offsets[k].push_back(Offset(*face, k));
  }
  std::vector<Point2f> means;
  for (const auto& of_point : offsets) means.push_back(Mean(of_point));
  return means;
}

ComparableFigures FiguresWithout(std::span<const std::optional<ComparedFace>> faces,
                                 const std::vector<Point2f>& offsets) {
  std::vector<std::optional<double>> all;
  std::vector<std::optional<double>> found;
  for (const auto& face : faces) {
    if (face) {
      double sum = 0.0;
      for (size_t k = 0; k < offsets.size(); ++k) sum += Distance(Offset(*face, k), offsets[k]);
      found.push_back(100.0 * sum / static_cast<double>(offsets.size()));
    }
    all.push_back(face ? found.back() : std::nullopt);
  }
  const AccuracySummary summary = Summarize(found);
  return {summary.nme_mean, summary.nme_median, Summarize(all).failure_rate};
}

std::string Cells(const ComparableFigures& figures) {
  return fmt::format("{:.3f} | {:.3f} | {:.2f}", figures.nme_mean, figures.nme_median,
                     figures.failure_rate);
}

}  // namespace

ComparableErrors MeasureComparable(std::span<const std::optional<ComparedFace>> faces) {
  ComparableErrors errors;
  for (const auto& face : faces) {
    ++errors.faces;
    errors.not_found += face ? 0 : 1;
    if (!face) continue;
    Check(face->truth_px.size() == face->predicted_px.size() && face->eye_distance_px > 0.0,
          "as many true as predicted points, and eyes apart");
  }
  const std::vector<Point2f> offsets = MeanOffsets(faces);
  errors.as_found = FiguresWithout(faces, std::vector<Point2f>(offsets.size()));
  errors.without_offsets = FiguresWithout(faces, offsets);
  return errors;
}

std::string LandmarkText(const std::vector<LandmarkRow>& rows) {
  std::string text =
      "| boxes | model | faces | not found | NME mean | median | FR@8 | without offsets: mean "
      "| median | FR@8 |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
  for (const LandmarkRow& row : rows) {
    text += fmt::format("| {} | {} | {} | {} | {} | {} |\n", row.boxes, row.model, row.errors.faces,
                        row.errors.not_found, Cells(row.errors.as_found),
                        Cells(row.errors.without_offsets));
  }
  return text;
}

}  // namespace nosetip
