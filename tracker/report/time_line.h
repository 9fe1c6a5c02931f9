// Lines over time as SVG, which a page's style sheet colors.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tracker/core/face_signals.h"

namespace nosetip {

// Between frames that are further apart it is not known what a face did.
inline constexpr double kLongestGap_s = 0.5;

struct TimeLine {
  std::string_view label;
  std::span<const double> time_s;  // ascending
  std::span<const float> values;   // as many
  double start_s = 0.0;            // what the width spans
  double end_s = 1.0;              // more than start_s
  float low = 0.0F;                // what the height spans
  float high = 1.0F;               // more than low
  std::span<const Blink> blinks;   // bands
};

// An <svg> that takes the width and the height of its box: "time-line" with a "zero" line where the
// height spans 0, "blink" bands and the "line". It breaks where values are more than
// kLongestGap_s apart. Of more than two values per thousandth of the width only the least and the
// greatest are drawn.
std::string TimeLineSvg(const TimeLine& line);

// The rules that TimeLineSvg needs, for light, dark and print.
extern const std::string_view kTimeLineStyle;

}  // namespace nosetip
