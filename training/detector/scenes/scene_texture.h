// Made-up surfaces. Only for .cpp files of this room.
#pragma once

#include <opencv2/core.hpp>

#include "training/detector/scenes/scene_random.h"

namespace nosetip {

// RGB; greys, black and white, and skin more often than by chance.
cv::Vec3b DrawColour(SceneRandom& random);

// Plain, a gradient, stripes, checks or clouds; some with blobs like heads without features.
// CV_8UC3.
cv::Mat DrawTexture(cv::Size size, SceneRandom& random);

}  // namespace nosetip
