// Smooths the landmarks of followed faces with one-euro filters. Synchronous; one source at a time.
#pragma once

#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <span>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/fields.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {

struct OneEuroSettings {
  double min_cutoff_hz = 1.0;     // of a signal at rest: lower is smoother
  double cutoff_per_speed = 0.0;  // added per unit per second that the signal moves
};

// A low-pass filter that follows fast signals closely and smooths slow ones: Casiez, Roussel,
// Vogel, "1 euro filter", CHI 2012. The first value passes unchanged.
class OneEuroFilter {
 public:
  // `seconds` since the value before, above 0.
  double Filter(double value, double seconds, const OneEuroSettings& settings) {
    if (!started_) {
      started_ = true;
      return value_ = value;
    }
    constexpr double kSpeedCutoffHz = 1.0;  // the paper's
    const double speed = (value - value_) / seconds;
    speed_ += Weight(kSpeedCutoffHz, seconds) * (speed - speed_);
    const double cutoff_hz = settings.min_cutoff_hz + settings.cutoff_per_speed * std::abs(speed_);
    value_ += Weight(cutoff_hz, seconds) * (value - value_);
    return value_;
  }

 private:
  // How much of a new value counts.
  static double Weight(double cutoff_hz, double seconds) {
    const double turns = 2.0 * std::numbers::pi * cutoff_hz * seconds;
    return turns / (1.0 + turns);
  }

  bool started_ = false;
  double value_ = 0.0;
  double speed_ = 0.0;
};

struct SmoothingOptions {
  bool smooth = false;
  float strength = 1.0F;  // 0 changes nothing, 1 is for a person at a webcam
  static std::span<const Field<SmoothingOptions>> Fields();
  bool operator==(const SmoothingOptions&) const = default;
};

// Filters two parts of each face's motion: that of the face as a whole (its place, size and turn:
// the similarity that brings the face as first seen closest to the face now), and that of each
// point within the face. The whole is averaged over all points, so it is steady and needs little
// filtering, which keeps the lag of fast heads small. Points within a face move little and are
// filtered more, those of low confidence even more. Lengths are in outer-eye distances, so that the
// size of a face does not matter.
class LandmarkSmoother {
 public:
  // Throws Error for options out of range.
  LandmarkSmoother(const LandmarkSchema& schema, const SmoothingOptions& options);

  // Replaces the points of each face, and its box where the points bound one. Faces are matched by
  // id; those that are not in `result` are forgotten. A face seen for the first time stays
  // unchanged, as do all with `smooth` off or a strength of 0. Results must be in order of time;
  // where `pts_s` does not rise, a thirtieth of a second is assumed.
  void Smooth(TrackResult& result);
  // Forgets all faces.
  void Reset();

 private:
  struct Filters {
    std::vector<Point2f> first;  // the face as first seen, centered, in eye distances
    std::array<OneEuroFilter, 4> whole;
    std::vector<std::array<OneEuroFilter, 2>> points;
    double turn_rad = 0.0;
  };
  Filters Begin(std::span<const Point2f> points_px) const;
  void SmoothFace(Filters& filters, Landmarks& face, double seconds) const;

  const LandmarkSchema* schema_;
  SmoothingOptions options_;
  std::map<int, Filters> faces_;  // by id
  double last_pts_s_ = 0.0;
};

}  // namespace nosetip
