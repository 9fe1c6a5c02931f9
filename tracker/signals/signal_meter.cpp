#include "tracker/signals/signal_meter.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <numbers>
#include <optional>
#include <vector>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/signals/face_measures.h"
#include "tracker/signals/frontal_face.h"

namespace nosetip {
namespace {

// Numbers of faces are never used again, so one that is lost for so long does not come back.
constexpr double kForgetAfter_s = 60.0;

float ConfidenceIn(const Landmarks& landmarks, Signal signal) {
  if (landmarks.confidence.empty()) return 1.0F;
  const std::span<const int> points = PointsOfSignal(signal);
  float sum = 0.0F;
  for (const int point : points) sum += landmarks.confidence[static_cast<size_t>(point)];
  return sum / static_cast<float>(points.size());
}

// The eye whose points are surer counts more, as in a turned face.
double OpennessOf(const std::array<double, kExpressionSignals>& signals,
                  const FaceSignals& measured) {
  const double right = measured.confidence[0];
  const double left = measured.confidence[1];
  if (!(right + left > 0.0)) return 0.5 * (signals[0] + signals[1]);
  return (right * signals[0] + left * signals[1]) / (right + left);
}

void SetValues(FaceSignals& measured, const std::array<double, kExpressionSignals>& signals,
               const HeadPose& pose) {
  for (size_t i = 0; i < signals.size(); ++i) {
    const SignalInfo& info = SignalInfos()[i];
    measured.values[i] = std::clamp(static_cast<float>(signals[i]), info.low, info.high);
  }
  constexpr float kDegrees = 180.0F / std::numbers::pi_v<float>;
  const auto [pitch, yaw, roll] = pose.rotation_rad;
  measured.values[static_cast<size_t>(Signal::kHeadYaw)] = kDegrees * yaw;
  measured.values[static_cast<size_t>(Signal::kHeadPitch)] = kDegrees * pitch;
  measured.values[static_cast<size_t>(Signal::kHeadRoll)] = kDegrees * roll;
}

}  // namespace

void SignalMeter::CheckSchema(const LandmarkSchema& schema) {
  if (Measures(schema)) return;
  throw Error(fmt::format(
      "signals are measured on the 68 points of ibug68, and the model gives those of {}; choose "
      "--model face68 or face68-fast",
      schema.name));
}

void SignalMeter::Measure(TrackResult& result) {
  for (TrackedFace& face : result.faces) {
    face.signals = SignalsOf(face, result.pts_s, people_[face.id]);
  }
  ForgetLostFaces(result.pts_s);
}

std::optional<FaceSignals> SignalMeter::SignalsOf(const TrackedFace& face, double time_s,
                                                  Person& person) {
  person.seen_s = time_s;
  if (face.landmarks.Empty() || !face.pose) return std::nullopt;
  const auto frontal = FrontalPoints(face.landmarks.points_px, *face.pose);
  if (!frontal) return std::nullopt;
  const FaceMeasures measures = MeasuresOf(*frontal);
  person.neutral.Add(measures, time_s);
  FaceSignals measured;
  for (size_t i = 0; i < kSignals; ++i) {
    measured.confidence[i] = ConfidenceIn(face.landmarks, static_cast<Signal>(i));
  }
  const auto signals = person.neutral.Compare(measures);
  SetValues(measured, signals, *face.pose);
  measured.blink = person.blinks.Step(time_s, OpennessOf(signals, measured));
  if (measured.blink) {
    person.neutral.LearnShutEyes(1.0 - measured.blink->depth);
    measured.blink->depth = std::min(measured.blink->depth, 1.0F);
  }
  return measured;
}

void SignalMeter::Calibrate() {
  for (auto& [id, person] : people_) person.neutral.Calibrate();
}

void SignalMeter::ForgetLostFaces(double time_s) {
  std::erase_if(people_,
                [&](const auto& entry) { return time_s - entry.second.seen_s > kForgetAfter_s; });
}

}  // namespace nosetip
