#include "tracker/vision/detector_options.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace nosetip {
namespace {

// Of the faces in 647 photographs of WIDER FACE, YuNet 2023 finds 76 % where they are 16 to 20
// pixels high in its input, 84 % at 20 to 24, 88 % at 24 to 32, 92 % at 32 to 40 and 95 % above.
constexpr float kFoundPx = 32.0F;
constexpr float kMinSmallestFace = 0.5F;

int InputPx(const DetectorOptions& options, float default_smallest_face) {
  constexpr int kMultiplePx = 32;  // of the coarsest stride
  if (options.detector_input_px > 0) return std::max(options.detector_input_px, 64);
  const float smallest =
      options.smallest_face > 0.0F ? options.smallest_face : default_smallest_face;
  const float wanted = kFoundPx * 100.0F / std::max(smallest, kMinSmallestFace);
  // Half a pixel of grace, so that 5 % is 640 whatever the rounding.
  const int multiples = static_cast<int>(std::ceil((wanted - 0.5F) / kMultiplePx));
  return std::max(kMultiplePx * multiples, 64);
}

}  // namespace

std::span<const Field<DetectorOptions>> DetectorOptions::Fields() {
  static const std::array<Field<DetectorOptions>, 5> kFields = {{
      {"detector", &DetectorOptions::detector,
       "Use this face detector: an ONNX file of the YuNet family."},
      {"smallest-face", &DetectorOptions::smallest_face,
       "Find faces of at least this height, in percent of the longer side of the picture or --roi; "
       "smaller takes longer. 0.5 is the least; 0 means 5 in pictures and 10 in videos.",
       0.0, 100.0},
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

int DetectorInputPx(const DetectorOptions& options) { return InputPx(options, 10.0F); }

int PictureInputPx(const DetectorOptions& options) { return InputPx(options, 5.0F); }

}  // namespace nosetip
