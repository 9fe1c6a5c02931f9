// What benchmarks work on: the same in every run.
#pragma once

#include "tracker/core/face.h"
#include "tracker/core/image.h"

namespace nosetip {

// A VGA picture of noise.
Image NoisePicture();

// Faces of 68 points in a row of boxes 110 px high, with a pose. `shift_px` moves them all.
TrackResult MadeUpFaces(int faces, float shift_px);

}  // namespace nosetip
