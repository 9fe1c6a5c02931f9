#include "tracker/measure/motion_kept.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numeric>
#include <vector>

#include "tracker/core/error.h"
#include "tracker/core/expression.h"
#include "tracker/measure/stability.h"

namespace nosetip {
namespace {

constexpr size_t kAroundFrames = 25;  // half of the window of an open eye's median
constexpr size_t kBetweenBlinks = 8;  // frames; below them two are one
constexpr size_t kBesideBlink = 8;    // frames that count before and after it
constexpr size_t kLateFrames = 10;    // in which a smoothed blink may still get deeper

// One measure of consecutive frames of one face, in both tracks.
struct Curve {
  std::vector<double> raw;
  std::vector<double> smoothed;
};

struct ExpressionStretch {
  Curve eyes;
  Curve mouth;
};

std::vector<ExpressionStretch> ExpressionStretches(std::span<const TrackResult> smoothed,
                                                   std::span<const TrackResult> raw,
                                                   const LandmarkSchema& schema) {
  std::vector<ExpressionStretch> stretches;
  constexpr int kNobody = -1;
  int id = kNobody;
  for (size_t i = 0; i < raw.size(); ++i) {
    std::optional<Expression> before;
    std::optional<Expression> after;
    if (!raw[i].faces.empty() && !smoothed[i].faces.empty()) {
      before = ExpressionOf(raw[i].faces.front().landmarks.points_px, schema);
      after = ExpressionOf(smoothed[i].faces.front().landmarks.points_px, schema);
    }
    if (!before || !after) {
      id = kNobody;
      continue;
    }
    if (id != raw[i].faces.front().id) stretches.emplace_back();
    id = raw[i].faces.front().id;
    ExpressionStretch& stretch = stretches.back();
    stretch.eyes.raw.push_back(before->MeanEyeOpenness());
    stretch.eyes.smoothed.push_back(after->MeanEyeOpenness());
    stretch.mouth.raw.push_back(before->mouth_opening);
    stretch.mouth.smoothed.push_back(after->mouth_opening);
  }
  return stretches;
}

// Frames `first` up to `end` - 1 of a stretch.
struct Blink {
  size_t first = 0;
  size_t end = 0;
  double open = 0.0;  // openness without it
};

double MedianAround(const std::vector<double>& values, size_t i) {
  const size_t first = i - std::min(i, kAroundFrames);
  const size_t end = std::min(values.size(), i + kAroundFrames + 1);
  std::vector<double> part(values.begin() + static_cast<std::ptrdiff_t>(first),
                           values.begin() + static_cast<std::ptrdiff_t>(end));
  const auto middle = part.begin() + static_cast<std::ptrdiff_t>(part.size() / 2);
  std::nth_element(part.begin(), middle, part.end());
  return *middle;
}

std::vector<Blink> Blinks(const std::vector<double>& openness) {
  std::vector<Blink> blinks;
  for (size_t i = 0; i < openness.size(); ++i) {
    const double open = MedianAround(openness, i);
    if (openness[i] >= kBlinkOpenness * open) continue;
    if (blinks.empty() || i - blinks.back().end >= kBetweenBlinks) blinks.push_back({i, i, open});
    blinks.back().end = i + 1;
  }
  return blinks;
}

double Least(const std::vector<double>& values, size_t first, size_t end) {
  return *std::min_element(
      values.begin() + static_cast<std::ptrdiff_t>(first),
      values.begin() + static_cast<std::ptrdiff_t>(std::min(end, values.size())));
}

struct Place {
  const Curve* curve;
  size_t frame;  // at least kMaxLag
};

// By how many frames the smoothed values at these places fit the raw ones best.
double DelayAt(std::span<const Place> places) {
  return BestLag(0.0, [&](double lag) {
    const auto whole = static_cast<size_t>(lag);
    const double part = lag - std::floor(lag);
    double sum = 0.0;
    for (const auto& [curve, i] : places) {
      const double raw = (1.0 - part) * curve->raw[i - whole] + part * curve->raw[i - whole - 1];
      sum += (curve->smoothed[i] - raw) * (curve->smoothed[i] - raw);
    }
    return sum;
  });
}

void MeasureBlinks(const std::vector<ExpressionStretch>& stretches, MotionKept& kept) {
  double raw_depth = 0.0;
  double smoothed_depth = 0.0;
  std::vector<Place> places;
  for (const ExpressionStretch& stretch : stretches) {
    const Curve& eyes = stretch.eyes;
    for (const Blink& blink : Blinks(eyes.raw)) {
      ++kept.blinks;
      raw_depth += blink.open - Least(eyes.raw, blink.first, blink.end);
      smoothed_depth += blink.open - Least(eyes.smoothed, blink.first, blink.end + kLateFrames);
      const size_t first = std::max(kMaxLag, blink.first - std::min(blink.first, kBesideBlink));
      const size_t end = std::min(eyes.raw.size(), blink.end + kBesideBlink);
      for (size_t i = first; i < end; ++i) places.push_back({&eyes, i});
    }
  }
  if (places.empty()) return;
  kept.blink_share = smoothed_depth / raw_depth;
  kept.blink_delay_frames = DelayAt(places);
}

// Over kMouthSpan frames around frame `i`.
double Change(const std::vector<double>& values, size_t i) {
  constexpr auto kHalf = static_cast<size_t>(kMouthSpan / 2);
  return std::abs(values[i + kHalf] - values[i - kHalf]);
}

void MeasureMouth(const std::vector<ExpressionStretch>& stretches, MotionKept& kept) {
  std::vector<Place> places;
  for (const ExpressionStretch& stretch : stretches) {
    for (size_t i = kMaxLag; i + kMouthSpan / 2 < stretch.mouth.raw.size(); ++i) {
      places.push_back({&stretch.mouth, i});
    }
  }
  const size_t tenth = places.size() / 10;
  if (tenth == 0) return;
  // The sum over its own fastest tenth; moves those to the front.
  const auto fastest = [&](const std::vector<double> Curve::*track) {
    const auto change = [&](const Place& place) {
      return Change(place.curve->*track, place.frame);
    };
    std::ranges::partial_sort(places, places.begin() + static_cast<std::ptrdiff_t>(tenth),
                              std::greater<>(), change);
    double sum = 0.0;
    for (size_t i = 0; i < tenth; ++i) sum += change(places[i]);
    return sum;
  };
  const double smoothed = fastest(&Curve::smoothed);
  const double raw = fastest(&Curve::raw);
  if (raw < kLeastMouthMotion * static_cast<double>(tenth)) return;
  kept.mouth_share = smoothed / raw;
  places.resize(tenth);
  kept.mouth_delay_frames = DelayAt(places);
}

}  // namespace

MotionKept MeasureMotionKept(std::span<const TrackResult> smoothed,
                             std::span<const TrackResult> raw, const LandmarkSchema& schema) {
  Check(smoothed.size() == raw.size(), "two tracks of the same frames");
  const std::vector<ExpressionStretch> stretches = ExpressionStretches(smoothed, raw, schema);
  MotionKept kept;
  MeasureBlinks(stretches, kept);
  MeasureMouth(stretches, kept);
  return kept;
}

}  // namespace nosetip
