// How faces are searched for.
#pragma once

#include <span>
#include <string>

#include "tracker/core/fields.h"

namespace nosetip {

struct DetectorOptions {
  std::string detector;  // an ONNX file of the YuNet family
  // Its height in percent of the picture's longer side; 0 is 5 in a picture and 10 in a video,
  // where a search has less time. Less than 0.5 is taken for 0.5.
  float smallest_face = 0.0F;
  int detector_input_px = 0;  // 0: what the smallest face needs
  float detector_score = 0.6F;
  float detector_nms_iou = 0.3F;

  static std::span<const Field<DetectorOptions>> Fields();
  bool operator==(const DetectorOptions&) const = default;
};

// The longer side that a frame of a video is scaled to before faces are searched:
// `detector_input_px`, or where that is 0 the smallest at which the smallest wanted face still has
// the 32 pixels that are needed to find it as reliably as larger ones; a multiple of 32, from 64 to
// 6400. The time of a search grows with its square.
int DetectorInputPx(const DetectorOptions& options);
// The same for a picture.
int PictureInputPx(const DetectorOptions& options);

}  // namespace nosetip
