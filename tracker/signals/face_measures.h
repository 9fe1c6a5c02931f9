// Lengths of a face that Signal compares with the neutral face.
#pragma once

#include <array>
#include <span>

#include "tracker/core/face_signals.h"
#include "tracker/core/geometry.h"

namespace nosetip {

// In the order of Signal, without the head's angles: the eye aspect ratios, then lengths in mm, as
// described there.
using FaceMeasures = std::array<double, kExpressionSignals>;

// `frontal` are FrontalPoints. An eye without width has the ratio 0.
FaceMeasures MeasuresOf(std::span<const Point2f> frontal);

// The points of ibug68 that each signal is measured on.
std::span<const int> PointsOfSignal(Signal signal);

}  // namespace nosetip
