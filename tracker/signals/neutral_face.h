// How a person's face is at rest, learned while it is followed.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "tracker/core/face_signals.h"
#include "tracker/signals/face_measures.h"

namespace nosetip {

// Before the first frame it is the median of the 40 neutral faces of the IMM database that face the
// camera (Stegmann et al., FAME, IEEE TMI 2003), measured on points of face68. Over the first
// second this gives way to the median of the person's own frames (of the mouth's opening the lower
// quartile, since people talk), which is final after three seconds of frames with points. How far
// eyes are usually open is followed on, with a time constant of 30 s.
class NeutralFace {
 public:
  static constexpr double kLearn_s = 3.0;

  // The next frame with points, in the order of time.
  void Add(const FaceMeasures& measures, double time_s);
  // Starts to learn over from the next frame on; until then what was learned stays.
  void Calibrate();
  // The lowest openness of a blink, as Compare gives it: eyes get no more shut than this.
  void LearnShutEyes(double openness);

  // Signals as Signal describes them, in its order; those of eyes are not cut to 0...1.
  std::array<double, kExpressionSignals> Compare(const FaceMeasures& measures) const;
  const FaceMeasures& values() const { return values_; }

 private:
  void FollowEyes(const FaceMeasures& measures, double step_s);

  FaceMeasures start_ = {0.355, 0.34, 0.3, 51.7, 2.8, 18.5, 18.5, 0.0};
  FaceMeasures values_ = start_;
  // Of the usual openness. Half way to it lies above what face68 finds of shut eyes, 0.5 to 0.6.
  double shut_ratio_ = 0.4;
  std::vector<FaceMeasures> samples_;
  double learned_s_ = 0.0;
  std::optional<double> last_s_;
};

}  // namespace nosetip
