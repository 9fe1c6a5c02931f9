#include "tracker/measure/stability_report.h"

#include <optional>
#include <string_view>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/core/expression.h"
#include "tracker/measure/box_errors.h"
#include "tracker/measure/motion_kept.h"
#include "tracker/measure/path_stability.h"
#include "tracker/measure/stability.h"
#include "tracker/output/number_text.h"

namespace nosetip {
namespace {

std::string Cells(std::string_view name, std::string_view lag, std::string_view error) {
  return fmt::format("  {:<10} {:>10} {:>10}", name, lag, error);
}

std::string Cell(std::string_view text) { return fmt::format(" {:>8}", text); }

std::string NumberText(const std::optional<double>& value, int digits) {
  return value ? FixedText(*value, digits) : std::string("-");
}

// `values`: one per part of the schema, or none.
std::string PartCells(const std::vector<double>& values, const LandmarkSchema& schema) {
  std::string cells;
  for (size_t i = 0; i < schema.parts.size(); ++i) {
    cells += Cell(values.empty() ? "-" : FixedText(values[i], 3));
  }
  return cells;
}

std::string PartNames(const LandmarkSchema& schema) {
  std::string cells;
  for (const LandmarkPart& part : schema.parts) cells += Cell(part.name);
  return cells;
}

std::string Row(std::string_view name, const Stability& measured, const LandmarkSchema& schema) {
  return Cells(name, NumberText(measured.lag_frames, 2), NumberText(measured.jitter_percent, 3)) +
         PartCells(measured.part_jitter_percent, schema) + "\n";
}

std::string Row(std::string_view name, const PathStability& measured,
                const LandmarkSchema& schema) {
  return Cells(name, NumberText(measured.lag_frames, 2), NumberText(measured.error_percent, 3)) +
         PartCells(measured.part_error_percent, schema) +
         Cell(NumberText(measured.move_percent, 3)) +
         Cell(NumberText(measured.no_lag_error_percent, 3)) + "\n";
}

std::string KeptText(std::string_view what, const std::optional<double>& share,
                     const std::optional<double>& delay_frames) {
  if (!share || !delay_frames) return fmt::format("  kept of {}: -\n", what);
  return fmt::format("  kept of {}: {} %, {} frames late\n", what, FixedText(100.0 * *share, 1),
                     FixedText(*delay_frames, 2));
}

// What smoothing leaves of blinks and speech.
std::string KeptText(std::span<const TrackResult> plain, std::span<const TrackResult> smoothed,
                     const LandmarkSchema& schema) {
  if (ExpressionPointsOf(schema) == nullptr) return "";
  const MotionKept kept = MeasureMotionKept(smoothed, plain, schema);
  return KeptText(fmt::format("blinks ({})", kept.blinks), kept.blink_share,
                  kept.blink_delay_frames) +
         KeptText("fast mouth motion", kept.mouth_share, kept.mouth_delay_frames);
}

std::string PathText(const CameraPath& path, std::span<const TrackResult> plain,
                     std::span<const TrackResult> smoothed, const LandmarkSchema& schema) {
  const std::span<const Affine2> frames =
      std::span(path.frame_from_picture).first(plain.size());  // fewer where it was stopped
  const PathStability before = MeasureOnPath(plain, frames, schema);
  const PathStability after = MeasureOnPath(smoothed, frames, schema);
  const NamedBoxErrors boxes = {"followed", MeasureFollowedBoxes(plain, frames)};
  return fmt::format("  by the camera path {}: {} fast frames, {} without a face\n", path.file,
                     before.fast_frames, before.frames_without) +
         Cells("", "lag frames", "error %") + PartNames(schema) + Cell("move %") +
         Cell("no lag %") + "\n" + Row("plain", before, schema) + Row("smoothed", after, schema) +
         "  " + BoxErrorsText({&boxes, 1});
}

}  // namespace

StabilityReport::StabilityReport(const LandmarkSchema& schema, const SmoothingOptions& smoothing,
                                 std::map<size_t, CameraPath> paths)
    : schema_(schema), smoothing_(smoothing), paths_(std::move(paths)) {
  if (!schema.outer_eye_corners) {
    throw Error(
        fmt::format("--stability measures in eye distances, and {} has no eye corners; use a "
                    "--model that has, such as face68",
                    schema.name));
  }
  smoothing_.smooth = true;
}

void StabilityReport::Add(const TrackResult& result) {
  results_.push_back(result);
  std::erase_if(results_.back().faces,
                [](const TrackedFace& face) { return face.landmarks.Empty(); });
}

std::string StabilityReport::Finish(size_t table, bool to_its_end) {
  const std::vector<TrackResult> plain = std::exchange(results_, {});
  const auto path = paths_.find(table);
  if (path != paths_.end()) {
    CheckFrameCount(path->second, static_cast<int64_t>(plain.size()), to_its_end);
  }
  std::vector<TrackResult> smoothed = plain;
  LandmarkSmoother smoother(schema_, smoothing_);
  for (TrackResult& result : smoothed) smoother.Smooth(result);
  const Stability before = MeasureStability(plain, plain, schema_);
  const Stability after = MeasureStability(smoothed, plain, schema_);
  std::string text = fmt::format("  {} still moments, {} fast frames of {} with a face\n",
                                 before.still_moments, before.fast_frames, before.frames) +
                     Cells("", "lag frames", "jitter %") + PartNames(schema_) + "\n" +
                     Row("plain", before, schema_) + Row("smoothed", after, schema_) +
                     KeptText(plain, smoothed, schema_);
  if (path != paths_.end()) text += PathText(path->second, plain, smoothed, schema_);
  return text;
}

}  // namespace nosetip
