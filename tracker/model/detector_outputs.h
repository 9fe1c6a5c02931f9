// The outputs of Nosetip's face detector. Apart from detector_network.h to be free of LibTorch.
#pragma once

#include <array>

namespace nosetip {

inline constexpr std::array<int, 3> kDetectorStridesPx = {8, 16, 32};

// The numbers of each cell of a grid, in this order.
inline constexpr int kDetectorCls = 0;     // logit: a face, and how well its box fits
inline constexpr int kDetectorObj = 1;     // logit: a face's cell
inline constexpr int kDetectorBox = 2;     // 4: center from the cell's corner, log size; in strides
inline constexpr int kDetectorPoints = 6;  // 5 x 2: from the cell's corner, in strides
inline constexpr int kDetectorOutputs = 16;

}  // namespace nosetip
