#include "training/report/face_tables.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "training/report/face_sheet.h"

namespace nosetip {
namespace {

constexpr int kPicture_px = 192;

std::string Decimals(double value) { return fmt::format("{:.2f}", value); }

// A face's points of a part: how far off, in percent.
std::span<const Point2f> OffsetsOf(const MeasuredFace& face, const LandmarkPart& part) {
  const auto first = static_cast<size_t>(part.first);
  return std::span(face.offsets).subspan(first, static_cast<size_t>(part.last) + 1 - first);
}

double MeanError(std::span<const Point2f> offsets) {
  double sum = 0.0;
  for (const Point2f off : offsets) sum += std::hypot(off.x, off.y);
  return sum / static_cast<double>(offsets.size());
}

// The smallest of the errors that this share of them does not exceed.
double Quantile(const std::vector<double>& sorted, double share) {
  const auto rank = static_cast<size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return sorted[std::clamp<size_t>(rank, 1, sorted.size()) - 1];
}

std::vector<std::string> PartRow(const Evaluation& evaluation, const LandmarkPart& part) {
  std::vector<double> errors;
  double sum = 0.0;
  double right = 0.0;
  double down = 0.0;
  const auto points = static_cast<double>(part.last + 1 - part.first);
  for (const MeasuredFace& face : evaluation.faces) {
    if (face.offsets.empty()) continue;
    errors.push_back(MeanError(OffsetsOf(face, part)));
    sum += errors.back();
    for (const Point2f off : OffsetsOf(face, part)) {
      right += static_cast<double>(off.x) / points;
      down += static_cast<double>(off.y) / points;
    }
  }
  std::vector<std::string> row = {std::string(part.name), fmt::format("{:g}", points)};
  if (errors.empty()) {
    row.insert(row.end(), 5, "-");
    return row;
  }
  const auto count = static_cast<double>(errors.size());
  std::ranges::sort(errors);
  for (const double value : {sum / count, Quantile(errors, 0.5), Quantile(errors, 0.9)}) {
    row.push_back(Decimals(value));
  }
  for (const double value : {right / count, down / count}) {
    row.push_back(fmt::format("{:+.2f}", value));
  }
  return row;
}

// A face without points counts as the worst.
bool IsWorse(const MeasuredFace* a, const MeasuredFace* b) {
  if (!a->nme || !b->nme) return !a->nme && b->nme;
  return *a->nme > *b->nme;
}

std::vector<std::string> FaceRow(const MeasuredFace& face, const std::string& name,
                                 const LandmarkSchema& schema) {
  std::vector<std::string> row = {name, face.nme ? Decimals(*face.nme) : "not found"};
  for (const LandmarkPart& part : schema.parts) {
    row.push_back(face.offsets.empty() ? "-" : Decimals(MeanError(OffsetsOf(face, part))));
  }
  return row;
}

}  // namespace

ReportTable FaceTable(const Evaluation& evaluation, const std::vector<FaceToMeasure>& faces,
                      const LandmarkSchema& schema) {
  std::vector<const MeasuredFace*> ranked;
  for (const MeasuredFace& face : evaluation.faces) ranked.push_back(&face);
  std::ranges::stable_sort(ranked, IsWorse);
  ReportTable table;
  table.caption = "Every face, errors in % of the " + evaluation.unit;
  if (ranked.size() > kPicturedFaces) {
    table.caption += fmt::format("; pictures of the worst {}", kPicturedFaces);
  }
  table.header = {"face", "error"};
  for (const LandmarkPart& part : schema.parts) table.header.emplace_back(part.name);
  table.sorted_by = 1;
  for (const MeasuredFace* face : ranked) {
    const FaceToMeasure& given = faces.at(face->index);
    table.rows.push_back(FaceRow(*face, given.name, schema));
    if (table.row_pictures.size() == kPicturedFaces) continue;
    const FaceTile tile{given.picture(), given.truth_px, face->predicted, ""};
    table.row_pictures.push_back(ThumbnailHtml(DrawFaceTile(tile, kPicture_px)));
  }
  return table;
}

ReportTable PartTable(const Evaluation& evaluation, const LandmarkSchema& schema) {
  ReportTable table{"Errors by part of the face, in % of the " + evaluation.unit,
                    {"part", "points", "mean", "median", "90 % are below", "to the right", "down"},
                    {}};
  for (const LandmarkPart& part : schema.parts) table.rows.push_back(PartRow(evaluation, part));
  const LandmarkPart all{schema.count == 1 ? "tip of the nose" : "all points", 0, schema.count - 1};
  table.rows.push_back(PartRow(evaluation, all));
  return table;
}

}  // namespace nosetip
