#include "tracker/measure/path_stability.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <numeric>
#include <random>

#include "tracker/core/error.h"
#include "tracker/measure/stability.h"
#include "tracker/tracking/face_track.h"

namespace nosetip {
namespace {

using Points = std::vector<Point2f>;
using Path = std::span<const Affine2>;

constexpr double kShortestLag = -1.0;  // frames

Points Mapped(const Affine2& to_from, const Points& points) {
  Points mapped;
  mapped.reserve(points.size());
  for (const Point2f p : points) mapped.push_back(to_from.Apply(p));
  return mapped;
}

// The path at a time in frames, interpolated linearly.
Affine2 At(Path path, double time) {
  const auto before = static_cast<size_t>(std::floor(time));
  const size_t after = std::min(before + 1, path.size() - 1);
  const auto part = static_cast<float>(time - std::floor(time));
  Affine2 at;
  for (size_t i = 0; i < at.m.size(); ++i) {
    at.m[i] = (1.0F - part) * path[before].m[i] + part * path[after].m[i];
  }
  return at;
}

const Points& PointsOf(const TrackResult& result) {
  return result.faces.front().landmarks.points_px;
}

std::vector<size_t> FramesWithFace(std::span<const TrackResult> track) {
  std::vector<size_t> frames;
  for (size_t i = 0; i < track.size(); ++i) {
    if (!track[i].faces.empty()) frames.push_back(i);
  }
  return frames;
}

// The points of some frames, mapped to the picture with the path `delay` frames late.
std::vector<Points> InPicture(std::span<const TrackResult> track, Path path,
                              std::span<const size_t> frames, double delay) {
  std::vector<Points> in_picture;
  for (const size_t i : frames) {
    const Affine2 frame_from_picture = At(path, static_cast<double>(i) - delay);
    in_picture.push_back(Mapped(frame_from_picture.Inverse(), PointsOf(track[i])));
  }
  return in_picture;
}

// Sums in double precision, as there may be thousands of frames.
Points MeanOf(std::span<const Points> frames) {
  Points mean;
  for (size_t k = 0; k < frames.front().size(); ++k) {
    double x = 0.0;
    double y = 0.0;
    for (const Points& points : frames) {
      x += points[k].x;
      y += points[k].y;
    }
    const auto n = static_cast<double>(frames.size());
    mean.push_back({static_cast<float>(x / n), static_cast<float>(y / n)});
  }
  return mean;
}

// The mean squared distance of each point from its mean place, in squared pixels.
std::vector<double> SquaredErrors(std::span<const Points> frames) {
  const Points mean = MeanOf(frames);
  std::vector<double> squares(mean.size());
  for (const Points& points : frames) {
    for (size_t k = 0; k < mean.size(); ++k) {
      const double d = Distance(points[k], mean[k]);
      squares[k] += d * d / static_cast<double>(frames.size());
    }
  }
  return squares;
}

double MeanSquare(std::span<const double> squares) {
  return std::accumulate(squares.begin(), squares.end(), 0.0) / static_cast<double>(squares.size());
}

std::vector<double> MeanSquaresOfParts(std::span<const double> squares,
                                       const LandmarkSchema& schema) {
  std::vector<double> of_parts;
  for (const LandmarkPart& part : schema.parts) {
    const auto first = static_cast<size_t>(part.first);
    const auto count = static_cast<size_t>(part.last - part.first + 1);
    of_parts.push_back(MeanSquare(squares.subspan(first, count)));
  }
  return of_parts;
}

// Nothing where no two neighboring frames have a face.
std::optional<double> MeanSquaredMove(std::span<const Points> in_picture,
                                      std::span<const size_t> frames) {
  double sum = 0.0;
  size_t count = 0;
  for (size_t f = 1; f < frames.size(); ++f) {
    if (frames[f] != frames[f - 1] + 1) continue;
    for (size_t k = 0; k < in_picture[f].size(); ++k) {
      const double d = Distance(in_picture[f][k], in_picture[f - 1][k]);
      sum += d * d;
      ++count;
    }
  }
  if (count == 0) return std::nullopt;
  return sum / static_cast<double>(count);
}

float EyeDistance(const Points& points, const LandmarkSchema& schema) {
  const auto [left, right] = *schema.outer_eye_corners;
  return Distance(points[static_cast<size_t>(left)], points[static_cast<size_t>(right)]);
}

// Those of `frames` in which the path moves the face fast, without those so near the clip's ends
// that some lags reach beyond them, so that all lags are measured on the same frames.
std::vector<size_t> FastFrames(std::span<const size_t> frames, Path path, const Points& face,
                               const LandmarkSchema& schema) {
  std::vector<size_t> fast;
  for (const size_t i : frames) {
    if (i < kMaxLag || i + 1 >= path.size()) continue;
    const Points now = Mapped(path[i], face);
    const float moved = Distance(Mean(now), Mean(Mapped(path[i - 1], face)));
    if (moved >= kFastPerFrame * EyeDistance(now, schema)) fast.push_back(i);
  }
  return fast;
}

// Those of `frames` for which the path is known `lag` frames before.
std::vector<size_t> WithPathAt(std::span<const size_t> frames, Path path, double lag) {
  std::vector<size_t> there;
  for (const size_t i : frames) {
    const double time = static_cast<double>(i) - lag;
    if (time >= 0.0 && time <= static_cast<double>(path.size() - 1)) there.push_back(i);
  }
  return there;
}

}  // namespace

PathStability MeasureOnPath(std::span<const TrackResult> track, Path frame_from_picture,
                            const LandmarkSchema& schema) {
  Check(schema.outer_eye_corners.has_value(), "a schema with eye corners");
  Check(track.size() == frame_from_picture.size(), "a place on the path for each frame");
  const std::vector<size_t> frames = FramesWithFace(track);
  PathStability stability;
  stability.frames = static_cast<int>(frames.size());
  stability.frames_without = static_cast<int>(track.size() - frames.size());
  if (frames.size() < 2) return stability;
  const std::vector<Points> in_picture = InPicture(track, frame_from_picture, frames, 0.0);
  const Points face = MeanOf(in_picture);
  const double unit = 100.0 / EyeDistance(face, schema);
  const std::vector<double> squares = SquaredErrors(in_picture);
  stability.error_percent = unit * std::sqrt(MeanSquare(squares));
  for (const double square : MeanSquaresOfParts(squares, schema)) {
    stability.part_error_percent.push_back(unit * std::sqrt(square));
  }
  const std::optional<double> move = MeanSquaredMove(in_picture, frames);
  if (move) stability.move_percent = unit * std::sqrt(*move);
  const std::vector<size_t> fast = FastFrames(frames, frame_from_picture, face, schema);
  stability.fast_frames = static_cast<int>(fast.size());
  if (fast.empty()) return stability;
  const auto mean_square_at = [&](std::span<const size_t> which, double lag) {
    return MeanSquare(SquaredErrors(InPicture(track, frame_from_picture, which, lag)));
  };
  const double lag = BestLag(kShortestLag, [&](double l) { return mean_square_at(fast, l); });
  stability.lag_frames = lag;
  stability.no_lag_error_percent =
      unit * std::sqrt(mean_square_at(WithPathAt(frames, frame_from_picture, lag), lag));
  return stability;
}

BoxErrors MeasureFollowedBoxes(std::span<const TrackResult> track, Path frame_from_picture) {
  Check(track.size() == frame_from_picture.size(), "a place on the path for each frame");
  const std::vector<size_t> frames = FramesWithFace(track);
  if (frames.empty()) return {};
  const Points face = MeanOf(InPicture(track, frame_from_picture, frames, 0.0));
  std::vector<BoxPair> pairs;
  FaceTrack before;
  bool followed = false;  // in the frame before
  for (size_t i = 0; i < track.size(); ++i) {
    if (track[i].faces.empty()) {
      followed = false;
      continue;
    }
    const TrackedFace& now = track[i].faces.front();
    followed = followed && before.id == now.id;
    if (followed) {
      pairs.push_back({PredictedBox(before), BoundsOf(Mapped(frame_from_picture[i], face))});
      before = MovedTo(before, now.landmarks);
    } else {
      before = FaceTrack{};
      before.id = now.id;
      before.box = now.box.rect;
      before.landmarks = now.landmarks;
      followed = true;
    }
  }
  return MeasureBoxErrors(pairs);
}

FramePtr WithSensorNoise(const Frame& frame, double deviation) {
  auto noisy = std::make_shared<Frame>(frame);
  std::mt19937 random(static_cast<uint32_t>(frame.id));
  std::normal_distribution<float> noise(0.0F, static_cast<float>(deviation));
  for (uint8_t& level : noisy->image.rgb) {
    const float seen = static_cast<float>(level) + noise(random);
    level = static_cast<uint8_t>(std::clamp(std::lround(seen), 0L, 255L));
  }
  return noisy;
}

}  // namespace nosetip
