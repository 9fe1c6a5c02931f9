#include "tracker/live/stability.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

using Points = std::vector<Point2f>;

constexpr size_t kMoment = 15;           // frames
constexpr float kStillPerFrame = 0.01F;  // eye distances that the face's centre moves
constexpr float kFastPerFrame = 0.04F;
constexpr size_t kLongestLag = 4;  // frames
constexpr double kLagStep = 0.02;

// Frames of one face without a gap, both ways.
struct Stretch {
  std::vector<const Points*> track;
  std::vector<const Points*> reference;
  std::vector<float> unit_px;  // outer-eye distance of the reference

  float MoveOf(size_t i) const {  // since the frame before, in eye distances
    return Distance(Mean(*reference[i]), Mean(*reference[i - 1])) / unit_px[i];
  }
  bool IsFast(size_t i) const { return i > kLongestLag && MoveOf(i) >= kFastPerFrame; }
};

std::vector<Stretch> Stretches(std::span<const TrackResult> track,
                               std::span<const TrackResult> reference,
                               const LandmarkSchema& schema) {
  const auto [left, right] = *schema.outer_eye_corners;
  std::vector<Stretch> stretches;
  std::optional<int> id;
  for (size_t i = 0; i < track.size(); ++i) {
    if (track[i].faces.empty() || reference[i].faces.empty()) {
      id.reset();
      continue;
    }
    const TrackedFace& face = reference[i].faces.front();
    if (id != face.id) stretches.emplace_back();
    id = face.id;
    const Points& points = face.landmarks.points_px;
    stretches.back().track.push_back(&track[i].faces.front().landmarks.points_px);
    stretches.back().reference.push_back(&points);
    stretches.back().unit_px.push_back(
        Distance(points[static_cast<size_t>(left)], points[static_cast<size_t>(right)]));
  }
  return stretches;
}

// Of one moment, in pixels. Frames are brought onto the first, then onto their mean.
double JitterPx(std::span<const Points* const> frames) {
  Points mean = *frames.front();
  std::vector<Points> aligned;
  for (int round = 0; round < 2; ++round) {
    aligned.clear();
    for (const Points* frame : frames) {
      const Affine2 fit = FitSimilarity(mean, *frame).value_or(Affine2{});
      Points moved;
      for (const Point2f p : *frame) moved.push_back(fit.Apply(p));
      aligned.push_back(std::move(moved));
    }
    for (size_t k = 0; k < mean.size(); ++k) {
      Point2f sum;
      for (const Points& frame : aligned) sum = sum + frame[k];
      mean[k] = (1.0F / static_cast<float>(aligned.size())) * sum;
    }
  }
  const auto count = static_cast<float>(aligned.size());
  double squares = 0.0;
  for (size_t k = 0; k < mean.size(); ++k) {
    Point2f slope;
    float times = 0.0F;
    for (size_t i = 0; i < aligned.size(); ++i) {
      const float time = static_cast<float>(i) - 0.5F * (count - 1.0F);
      slope = slope + time * (aligned[i][k] - mean[k]);
      times += time * time;
    }
    for (size_t i = 0; i < aligned.size(); ++i) {
      const float time = static_cast<float>(i) - 0.5F * (count - 1.0F);
      const double d = Distance(aligned[i][k], mean[k] + (time / times) * slope);
      squares += d * d;
    }
  }
  return std::sqrt(squares / static_cast<double>(aligned.size() * mean.size()));
}

std::vector<double> JittersPercent(const Stretch& stretch) {
  std::vector<double> jitters;
  for (size_t first = 0; first + kMoment <= stretch.track.size();) {
    size_t i = first + 1;
    while (i < first + kMoment && stretch.MoveOf(i) <= kStillPerFrame) ++i;
    if (i == first + kMoment) {
      jitters.push_back(100.0 * JitterPx(std::span(stretch.track).subspan(first, kMoment)) /
                        stretch.unit_px[first]);
    }
    first = i;
  }
  return jitters;
}

// Mean squared distance of the track from the reference `lag` frames before, in squared eye
// distances, added up over the fast frames.
double MisfitAt(const std::vector<Stretch>& stretches, double lag) {
  double sum = 0.0;
  for (const Stretch& stretch : stretches) {
    for (size_t i = 0; i < stretch.track.size(); ++i) {
      if (!stretch.IsFast(i)) continue;
      const auto whole = static_cast<size_t>(lag);
      const auto part = static_cast<float>(lag - std::floor(lag));
      const Points& now = *stretch.reference[i - whole];
      const Points& before = *stretch.reference[i - whole - 1];
      const Points& point = *stretch.track[i];
      for (size_t k = 0; k < point.size(); ++k) {
        const double d =
            Distance(point[k], (1.0F - part) * now[k] + part * before[k]) / stretch.unit_px[i];
        sum += d * d;
      }
    }
  }
  return sum;
}

}  // namespace

Stability MeasureStability(std::span<const TrackResult> track,
                           std::span<const TrackResult> reference, const LandmarkSchema& schema) {
  Check(schema.outer_eye_corners.has_value(), "a schema with eye corners");
  Check(track.size() == reference.size(), "two tracks of the same frames");
  const std::vector<Stretch> stretches = Stretches(track, reference, schema);
  Stability stability;
  std::vector<double> jitters;
  for (const Stretch& stretch : stretches) {
    stability.frames += static_cast<int>(stretch.track.size());
    for (const double jitter : JittersPercent(stretch)) jitters.push_back(jitter);
    for (size_t i = 0; i < stretch.track.size(); ++i) stability.fast_frames += stretch.IsFast(i);
  }
  stability.still_moments = static_cast<int>(jitters.size());
  if (!jitters.empty()) {
    const auto middle = jitters.begin() + static_cast<std::ptrdiff_t>(jitters.size() / 2);
    std::nth_element(jitters.begin(), middle, jitters.end());
    stability.jitter_percent = *middle;
  }
  if (stability.fast_frames == 0) return stability;
  double least = std::numeric_limits<double>::infinity();
  for (double lag = 0.0; lag < static_cast<double>(kLongestLag); lag += kLagStep) {
    const double misfit = MisfitAt(stretches, lag);
    if (misfit < least) {
      least = misfit;
      stability.lag_frames = lag;
    }
  }
  return stability;
}

}  // namespace nosetip
