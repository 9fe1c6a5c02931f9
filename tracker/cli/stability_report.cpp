#include "tracker/cli/stability_report.h"

#include <cstdio>
#include <optional>
#include <utility>

#include "tracker/core/error.h"
#include "tracker/live/stability.h"
#include "tracker/output/number_text.h"

namespace nosetip {
namespace {

std::string Cells(const char* name, const std::string& lag, const std::string& jitter) {
  char cells[80];
  std::snprintf(cells, sizeof(cells), "  %-10s %10s %10s", name, lag.c_str(), jitter.c_str());
  return cells;
}

std::string PartCell(const std::string& text) {
  char cell[40];
  std::snprintf(cell, sizeof(cell), " %8s", text.c_str());
  return cell;
}

std::string Row(const char* name, const Stability& measured, const LandmarkSchema& schema) {
  const auto number = [](const std::optional<double>& value, int digits) {
    return value ? FixedText(*value, digits) : std::string("-");
  };
  std::string row = Cells(name, number(measured.lag_frames, 2), number(measured.jitter_percent, 3));
  const std::vector<double>& parts = measured.part_jitter_percent;
  for (size_t i = 0; i < schema.parts.size(); ++i) {
    row += PartCell(parts.empty() ? "-" : FixedText(parts[i], 3));
  }
  return row + "\n";
}

std::string Head(const LandmarkSchema& schema) {
  std::string head = Cells("", "lag frames", "jitter %");
  for (const LandmarkPart& part : schema.parts) head += PartCell(std::string(part.name));
  return head + "\n";
}

}  // namespace

StabilityReport::StabilityReport(const LandmarkSchema& schema, const SmoothingOptions& smoothing)
    : schema_(schema), smoothing_(smoothing) {
  if (!schema.outer_eye_corners) {
    throw Error("--stability measures in eye distances, and " + schema.name +
                " has no eye corners; give a --model that has, such as face68.ntm");
  }
  smoothing_.smooth = true;
}

std::string StabilityReport::Finish() {
  const std::vector<TrackResult> plain = std::exchange(results_, {});
  std::vector<TrackResult> smoothed = plain;
  LandmarkSmoother smoother(schema_, smoothing_);
  for (TrackResult& result : smoothed) smoother.Smooth(result);
  const Stability before = MeasureStability(plain, plain, schema_);
  const Stability after = MeasureStability(smoothed, plain, schema_);
  return "  " + std::to_string(before.still_moments) + " still moments, " +
         std::to_string(before.fast_frames) + " fast frames of " + std::to_string(before.frames) +
         " with a face\n" + Head(schema_) + Row("plain", before, schema_) +
         Row("smoothed", after, schema_);
}

}  // namespace nosetip
