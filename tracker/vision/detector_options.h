// How faces are searched for.
#pragma once

#include <span>
#include <string>

#include "tracker/core/fields.h"

namespace nosetip {

struct DetectorOptions {
  std::string detector;        // an ONNX file of the YuNet family
  float smallest_face = 5.0F;  // its height in percent of the picture's longer side
  int detector_input_px = 0;   // 0: what the smallest face needs
  float detector_score = 0.6F;
  float detector_nms_iou = 0.3F;

  static std::span<const Field<DetectorOptions>> Fields();
  bool operator==(const DetectorOptions&) const = default;
};

// The longer side that a picture is scaled to before faces are searched: `detector_input_px`, or
// where that is 0 the smallest at which the smallest wanted face still has the 16 pixels that are
// needed to find it reliably; a multiple of 32, from 64 to 2048. The time of a search grows with
// its square.
int DetectorInputPx(const DetectorOptions& options);

}  // namespace nosetip
