#include "tracker/signals/neutral_face.h"

#include <algorithm>
#include <cstddef>

namespace nosetip {
namespace {

constexpr double kBlend_s = 1.0;  // from the start to the person's own
constexpr double kFollowEyes_s = 30.0;
constexpr double kLongestStep_s = 0.2;  // a longer gap between frames counts as this
constexpr double kLeastShutRatio = 0.2;
constexpr double kOpenRatio = 0.7;  // below it eyes may be about to shut

constexpr FaceMeasures kQuantiles = {0.5, 0.5, 0.25, 0.5, 0.5, 0.5, 0.5, 0.5};
// What is 1, in mm; of eyes unused.
constexpr FaceMeasures kRanges = {1.0, 1.0, 27.0, 24.0, 15.0, 11.5, 11.5, 10.0};

double Quantile(const std::vector<FaceMeasures>& samples, size_t which) {
  std::vector<double> values;
  values.reserve(samples.size());
  for (const FaceMeasures& sample : samples) values.push_back(sample[which]);
  const double rank = kQuantiles[which] * static_cast<double>(values.size() - 1);
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(rank + 0.5);
  std::nth_element(values.begin(), place, values.end());
  return *place;
}

}  // namespace

void NeutralFace::Add(const FaceMeasures& measures, double time_s) {
  const double step_s = last_s_ ? std::clamp(time_s - *last_s_, 0.0, kLongestStep_s) : 0.0;
  last_s_ = time_s;
  if (learned_s_ >= kLearn_s) {
    FollowEyes(measures, step_s);
    return;
  }
  learned_s_ += step_s;
  samples_.push_back(measures);
  const double own = std::min(learned_s_ / kBlend_s, 1.0);
  for (size_t i = 0; i < values_.size(); ++i) {
    values_[i] = (1.0 - own) * start_[i] + own * Quantile(samples_, i);
  }
  if (learned_s_ >= kLearn_s) samples_.clear();
}

void NeutralFace::FollowEyes(const FaceMeasures& measures, double step_s) {
  for (size_t eye = 0; eye < 2; ++eye) {
    if (measures[eye] < kOpenRatio * values_[eye]) continue;
    values_[eye] += std::min(step_s / kFollowEyes_s, 1.0) * (measures[eye] - values_[eye]);
  }
}

void NeutralFace::Calibrate() {
  start_ = values_;
  samples_.clear();
  learned_s_ = 0.0;
  last_s_.reset();
}

void NeutralFace::LearnShutEyes(double openness) {
  const double ratio = shut_ratio_ + openness * (1.0 - shut_ratio_);
  shut_ratio_ = std::clamp(ratio, kLeastShutRatio, shut_ratio_);
}

std::array<double, kExpressionSignals> NeutralFace::Compare(const FaceMeasures& measures) const {
  std::array<double, kExpressionSignals> signals{};
  for (size_t i = 0; i < signals.size(); ++i) {
    if (i >= 2) {
      signals[i] = (measures[i] - values_[i]) / kRanges[i];
    } else if (values_[i] > 0.0) {
      signals[i] = (measures[i] / values_[i] - shut_ratio_) / (1.0 - shut_ratio_);
    }
  }
  return signals;
}

}  // namespace nosetip
