#include "tracker/measure/stability.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

using Points = std::vector<Point2f>;

constexpr size_t kMomentFrames = 15;
constexpr float kStillPerFrame = 0.01F;  // of the face's center, in eye distances

// Consecutive frames of one face, in both tracks.
struct Stretch {
  std::vector<const Points*> track;
  std::vector<const Points*> reference;
  std::vector<float> unit_px;  // outer-eye distance of the reference

  float MoveOf(size_t i) const {  // since the frame before, in eye distances
    return Distance(Mean(*reference[i]), Mean(*reference[i - 1])) / unit_px[i];
  }
  bool IsFast(size_t i) const { return i > kMaxLag && MoveOf(i) >= kFastPerFrame; }
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

// The mean squared distance of each point from its path in one moment, in squared pixels. Frames
// are aligned with the first, then with their mean.
std::vector<double> SquaredJitters(std::span<const Points* const> frames) {
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
  std::vector<double> squares(mean.size());
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
      squares[k] += d * d / static_cast<double>(aligned.size());
    }
  }
  return squares;
}

// The root of the mean over the points `first` to `last`.
double RootMean(std::span<const double> squares, size_t first, size_t last) {
  const std::span<const double> part = squares.subspan(first, last - first + 1);
  return std::sqrt(std::accumulate(part.begin(), part.end(), 0.0) /
                   static_cast<double>(part.size()));
}

// Of one still moment, in percent: the jitter of all points, then those of the parts.
using MomentJitters = std::vector<double>;

MomentJitters JittersOfMoment(std::span<const Points* const> frames, double unit_px,
                              const LandmarkSchema& schema) {
  const std::vector<double> squares = SquaredJitters(frames);
  MomentJitters jitters = {100.0 * RootMean(squares, 0, squares.size() - 1) / unit_px};
  for (const LandmarkPart& part : schema.parts) {
    jitters.push_back(
        100.0 / unit_px *
        RootMean(squares, static_cast<size_t>(part.first), static_cast<size_t>(part.last)));
  }
  return jitters;
}

std::vector<MomentJitters> JittersOf(const Stretch& stretch, const LandmarkSchema& schema) {
  std::vector<MomentJitters> jitters;
  for (size_t first = 0; first + kMomentFrames <= stretch.track.size();) {
    size_t i = first + 1;
    while (i < first + kMomentFrames && stretch.MoveOf(i) <= kStillPerFrame) ++i;
    if (i == first + kMomentFrames) {
      jitters.push_back(JittersOfMoment(std::span(stretch.track).subspan(first, kMomentFrames),
                                        stretch.unit_px[first], schema));
    }
    first = i;
  }
  return jitters;
}

// The median over the moments of jitter `which`.
double MedianOf(const std::vector<MomentJitters>& moments, size_t which) {
  std::vector<double> values;
  for (const MomentJitters& moment : moments) values.push_back(moment[which]);
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// The sum over the fast frames of squared distances of the track from the reference `lag` frames
// before, in squared eye distances.
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
  std::vector<MomentJitters> moments;
  for (const Stretch& stretch : stretches) {
    stability.frames += static_cast<int>(stretch.track.size());
    for (MomentJitters& jitters : JittersOf(stretch, schema)) moments.push_back(std::move(jitters));
    for (size_t i = 0; i < stretch.track.size(); ++i) stability.fast_frames += stretch.IsFast(i);
  }
  stability.still_moments = static_cast<int>(moments.size());
  if (!moments.empty()) {
    stability.jitter_percent = MedianOf(moments, 0);
    for (size_t i = 1; i <= schema.parts.size(); ++i) {
      stability.part_jitter_percent.push_back(MedianOf(moments, i));
    }
  }
  if (stability.fast_frames == 0) return stability;
  stability.lag_frames = BestLag(0.0, [&](double lag) { return MisfitAt(stretches, lag); });
  return stability;
}

}  // namespace nosetip
