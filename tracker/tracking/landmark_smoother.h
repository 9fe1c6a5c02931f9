// Smooths the landmarks of followed faces. Synchronous; one source at a time.
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

// How much of a new value a first-order low-pass filter takes over, `seconds` after the one before.
inline double LowPassWeight(double cutoff_hz, double seconds) {
  const double turns = 2.0 * std::numbers::pi * cutoff_hz * seconds;
  return turns / (1.0 + turns);
}

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
    speed_ += LowPassWeight(kSpeedCutoffHz, seconds) * (speed - speed_);
    const double cutoff_hz = settings.min_cutoff_hz + settings.cutoff_per_speed * std::abs(speed_);
    value_ += LowPassWeight(cutoff_hz, seconds) * (value - value_);
    return value_;
  }

 private:
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

// Filters two parts of each face's motion. Lengths are in outer-eye distances, so that the size of
// a face does not matter.
// - The face as a whole: its place, size and turn, which are those of the similarity that brings
//   the face as first seen closest to the face now. It is averaged over all points, so it is steady
//   and needs little filtering, which keeps the lag of fast heads small: one-euro filters.
// - Each point within the face: a low-pass filter whose cutoff grows with the fourth power of how
//   far the point has been found from where the filter holds it. So what trembles hardly moves it,
//   and a blink or a word passes at once, without the delay of a speed that has to be estimated
//   first. An open filter closes slowly, so that the end of a motion is not lost. Eyes and mouth,
//   which move fast and are found well, open the filter sooner than other parts; points of low
//   confidence later.
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
    double turn_rad = 0.0;
    std::vector<Point2f> held;    // smoothed places within the face, in eye distances
    std::vector<Point2f> off;     // how far from there the points were found
    std::vector<double> open_hz;  // how far each point's filter is open, above its cutoff at rest
  };
  Filters Begin(std::span<const Point2f> points_px) const;
  void SmoothFace(Filters& filters, Landmarks& face, double seconds) const;
  // Returns the smoothed similarity that brings the face as first seen to the frame.
  Affine2 SmoothWhole(Filters& filters, const Affine2& frame_from_face, double seconds) const;
  // Moves `held` by a part of `off`.
  void SmoothWithin(Filters& filters, std::span<const float> confidence, double seconds) const;

  const LandmarkSchema* schema_;
  std::vector<double> span_;  // of each point, see kSpan
  SmoothingOptions options_;
  std::map<int, Filters> faces_;  // by id
  double last_pts_s_ = 0.0;
};

}  // namespace nosetip
