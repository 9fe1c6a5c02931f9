#include "tracker/cli/stability_report.h"

#include <cstdio>
#include <optional>
#include <utility>

#include "tracker/core/error.h"
#include "tracker/live/stability.h"
#include "tracker/output/number_text.h"

namespace nosetip {
namespace {

std::string Row(const char* name, const Stability& measured) {
  const auto number = [](const std::optional<double>& value, int digits) {
    return value ? FixedText(*value, digits) : std::string("-");
  };
  char row[80];
  std::snprintf(row, sizeof(row), "  %-10s %10s %12s\n", name,
                number(measured.jitter_percent, 3).c_str(), number(measured.lag_frames, 2).c_str());
  return row;
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
         " with a face\n" + "               jitter %   lag frames\n" + Row("plain", before) +
         Row("smoothed", after);
}

}  // namespace nosetip
