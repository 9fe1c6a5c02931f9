#include "tracker/vision/detector_options.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace nosetip {

std::span<const Field<DetectorOptions>> DetectorOptions::Fields() {
  static const std::array<Field<DetectorOptions>, 5> kFields = {{
      {"detector", &DetectorOptions::detector,
       "Use this face detector: an ONNX file of the YuNet family."},
      {"smallest-face", &DetectorOptions::smallest_face,
       "Find faces of at least this height, in percent of the longer side of the picture or --roi; "
       "smaller takes longer.",
       0.5, 100.0},
      {"detector-input", &DetectorOptions::detector_input_px,
       "Scale the picture's longer side to this many pixels for detection; 0 fits --smallest-face.",
       0, 2048},
      {"detector-score", &DetectorOptions::detector_score, "Accept detections from this score on.",
       0.05, 1.0},
      {"detector-nms", &DetectorOptions::detector_nms_iou,
       "Drop the weaker of two detections that overlap by more than this (intersection over "
       "union).",
       0.0, 1.0},
  }};
  return kFields;
}

int DetectorInputPx(const DetectorOptions& options) {
  constexpr float kFoundPx = 16.0F;
  constexpr int kMultiplePx = 32;  // of the coarsest stride
  if (options.detector_input_px > 0) return std::max(options.detector_input_px, 64);
  const float wanted = kFoundPx * 100.0F / options.smallest_face;
  // Half a pixel of grace, so that 5 % is 320 whatever the rounding.
  const int multiples = static_cast<int>(std::ceil((wanted - 0.5F) / kMultiplePx));
  return std::clamp(kMultiplePx * multiples, 64, 2048);
}

}  // namespace nosetip
