// Calms the landmarks of followed faces. Synchronous; one source at a time.
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

// A low-pass filter that follows fast signals closely and calms slow ones.

struct OneEuroSettings {
  double least_cutoff_hz = 1.0;   // of a signal at rest: lower is calmer
  double cutoff_per_speed = 0.0;  // added for each unit a second that the signal moves
};

// Casiez, Roussel, Vogel, "1 euro filter", CHI 2012. The first value passes as it is.
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
    const double cutoff_hz =
        settings.least_cutoff_hz + settings.cutoff_per_speed * std::abs(speed_);
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

// One-euro filters over two parts of each face's motion: that of the face as a whole (place, size
// and turn in the picture: the similarity that takes the face as it was first seen closest to what
// it is now), and that of each point within the face. The whole is known from all points, so it is
// steady and is filtered little, which keeps fast heads from being followed late; points within a
// face move little and are filtered more, those of low confidence more yet. All in units of the
// outer-eye distance, so that it does not matter how large a face is.
class LandmarkSmoother {
 public:
  // Throws Error for options out of range.
  LandmarkSmoother(const LandmarkSchema& schema, const SmoothingOptions& options);

  // Replaces the points of each face; its box follows where the points bound one. Faces are told
  // apart by their ids; those that are not in `result` are forgotten. A face seen for the first
  // time stays as it is, and all do with `smooth` off or a strength of 0. Results in order of time;
  // where `pts_s` does not rise, a thirtieth of a second is taken to have passed.
  void Smooth(TrackResult& result);
  void Reset();

 private:
  struct Filters {
    std::vector<Point2f> first;  // the face as it was first seen, centerd, in eye distances
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
