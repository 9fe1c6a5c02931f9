// Precision over recall of face detectors, as a picture.
#pragma once

#include "tracker/core/image.h"
#include "training/evaluation/detector/detector_report.h"

namespace nosetip {

// A line per detector for each set of which every face is known, from an IoU of kFoundIou on.
// Throws Error where there is no point to draw.
Image DrawPrecisionCurves(const Measurement& measurement);

}  // namespace nosetip
