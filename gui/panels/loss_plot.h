// Curves of a training.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <imgui.h>

namespace nosetip {

struct Curve {
  std::string name;
  ImU32 color = 0;
  std::vector<float> values;  // one an epoch, the first of epoch 1; gaps are NaN
};

// Over the width that is there, with a legend and the range of values. The axis is logarithmic
// where all values are above 0 and the largest is over five times the smallest.
void DrawCurves(const char* label, std::span<const Curve> curves, int epochs);

}  // namespace nosetip
