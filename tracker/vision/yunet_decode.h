// From the raw outputs of a YuNet network to boxes (Wu, Peng, Yu, Machine Intelligence Research
// 2023). Free of OpenCV. Boxes are in pixels of the network's input, whose left top corner (not the
// center of its first pixel) is (0, 0).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "tracker/core/face.h"

namespace nosetip {

// One scale of the 2023 layout: a grid of cells of `stride_px`, row by row. One anchor-free box per
// cell, whose score is the geometric mean of class and objectness.
struct YuNetScale {
  int stride_px = 0;
  std::span<const float> cls;   // 1 per cell
  std::span<const float> obj;   // 1 per cell
  std::span<const float> bbox;  // 4 per cell: center and log size, in strides
};

// `width_px` by `height_px` is the network's input, a multiple of each stride. Throws
// std::logic_error where an output does not have the size for that.
std::vector<FaceBox> DecodeYuNet2023(std::span<const YuNetScale> scales, int width_px,
                                     int height_px, float min_score);

// The 2022 layout: prior boxes of several sizes per cell, at strides 8, 16, 32 and 64.
struct YuNet2022Outputs {
  std::span<const float> loc;   // 14 per prior: box and five points
  std::span<const float> conf;  // 2 per prior: no face, face
  std::span<const float> iou;   // 1 per prior
};

std::vector<FaceBox> DecodeYuNet2022(const YuNet2022Outputs& outputs, int width_px, int height_px,
                                     float min_score);

// As OpenCV's detector of these networks: only so many boxes are compared with each other.
inline constexpr size_t kMaxCandidates = 5000;

// Greedy non-maximum suppression: best score first, each box that overlaps a better one by more
// than `max_iou` left out. Boxes after the best kMaxCandidates are left out, too.
std::vector<FaceBox> SuppressOverlaps(std::vector<FaceBox> boxes, float max_iou);

}  // namespace nosetip
