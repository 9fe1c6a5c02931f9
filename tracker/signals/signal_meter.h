// The signals of all faces that are followed.
#pragma once

#include <map>

#include "tracker/core/face.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/signals/blink_detector.h"
#include "tracker/signals/neutral_face.h"

namespace nosetip {

// Adds nothing to the points' own smoothing, so signals lag no more than points do. One thread at a
// time.
class SignalMeter {
 public:
  // Whether a schema has the points that signals are measured on.
  static bool Measures(const LandmarkSchema& schema) { return schema.name == Ibug68().name; }
  // Throws Error for a schema without the points that signals are measured on.
  static void CheckSchema(const LandmarkSchema& schema);

  explicit SignalMeter(const LandmarkSchema& schema) { CheckSchema(schema); }

  // Sets the signals of each face that has points and a pose. Call for each frame, in the order of
  // time.
  void Measure(TrackResult& result);
  // Learns the neutral face of all faces over, from the next frame on.
  void Calibrate();
  // Forgets all faces, before another input.
  void Reset() { people_.clear(); }

 private:
  struct Person {
    NeutralFace neutral;
    BlinkDetector blinks;
    double seen_s = 0.0;
  };
  static std::optional<FaceSignals> SignalsOf(const TrackedFace& face, double time_s,
                                              Person& person);
  void ForgetLostFaces(double time_s);

  std::map<int, Person> people_;  // by the face's number
};

}  // namespace nosetip
