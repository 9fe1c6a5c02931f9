// The signals of one face over the last seconds, for the panel that shows them.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "tracker/core/face.h"
#include "tracker/live/live_status.h"

namespace nosetip {

// Of the largest face, until it is lost or another is twice as large. Times are those of the
// frames' timestamps, in seconds.
class SignalHistory {
 public:
  static constexpr double kTrace_s = 10.0;
  static constexpr double kRate_s = 60.0;       // over which the rate of blinks is counted
  static constexpr double kLeastRate_s = 10.0;  // there is no rate before

  struct Sample {
    double time_s = 0.0;
    FaceSignals signals;
  };

  // Takes every tracked frame, in order, as a blink is in one only. Another run
  // or model starts over.
  void Add(const LiveFrame& live);
  // The neutral face is learned over from the next frame on.
  void Calibrate() { learning_since_s_ = now_s_; }

  std::optional<int> face_id() const { return face_id_; }  // none before the first face
  double now_s() const { return now_s_; }                  // of the latest frame
  // Of the last kTrace_s seconds, oldest first. Frames in which the face has no signals are left
  // out.
  const std::deque<Sample>& samples() const { return samples_; }
  // Of the latest frame; null where the face is not seen in it.
  const FaceSignals* Latest() const;
  // Signals are not steady yet, as the neutral face is being learned.
  bool IsLearning() const;
  int blinks() const { return blinks_; }  // since the face is followed
  std::optional<double> BlinksPerMinute() const;

 private:
  const TrackedFace* Choose(const TrackResult& result) const;
  void Follow(int face_id);
  void Add(const FaceSignals& signals);

  int64_t run_ = 0;
  const LandmarkSchema* schema_ = nullptr;
  double now_s_ = 0.0;
  std::optional<int> face_id_;
  double followed_since_s_ = 0.0;
  double learning_since_s_ = 0.0;
  std::deque<Sample> samples_;
  std::deque<double> blink_ends_s_;  // of the last kRate_s seconds
  int blinks_ = 0;
};

}  // namespace nosetip
