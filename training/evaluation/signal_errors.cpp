#include "training/evaluation/signal_errors.h"

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "tracker/signals/signal_meter.h"
#include "tracker/vision/head_pose.h"

namespace nosetip {
namespace {

std::optional<FaceSignals> SignalsOf(const std::vector<Point2f>& points_px, const RectF& box) {
  const double side_px = 4.0 * LongerSide(box);
  const Point2f center = box.Center();
  TrackedFace face;
  face.pose = EstimateHeadPose(points_px, Ibug68(), {side_px, side_px, center.x, center.y});
  face.landmarks.points_px = points_px;
  TrackResult result;
  result.faces = {std::move(face)};
  SignalMeter(Ibug68()).Measure(result);
  return result.faces.front().signals;
}

}  // namespace

std::vector<MeasureErrors> SignalErrorsOf(const std::vector<FaceToMeasure>& faces,
                                          const Evaluation& evaluation,
                                          const LandmarkSchema& schema) {
  if (schema.name != Ibug68().name) return {};
  std::array<std::vector<ValuePair>, kSignals> values;
  for (const MeasuredFace& measured : evaluation.faces) {
    const FaceToMeasure& face = faces[measured.index];
    if (measured.predicted.empty() || !(LongerSide(face.box) > 0.0F)) continue;
    const auto truth = SignalsOf(face.truth_px, face.box);
    const auto found = SignalsOf(measured.predicted, face.box);
    if (!truth || !found) continue;
    for (size_t i = 0; i < kSignals; ++i) {
      values[i].push_back({truth->values[i], found->values[i]});
    }
  }
  std::vector<MeasureErrors> errors;
  if (values.front().empty()) return errors;
  for (size_t i = 0; i < kSignals; ++i) {
    errors.push_back(ErrorsOf(std::string(SignalInfos()[i].name), values[i]));
  }
  return errors;
}

}  // namespace nosetip
