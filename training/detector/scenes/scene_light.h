// What light, a camera and a codec do to a picture. Only for .cpp files of this folder.
#pragma once

#include <array>

#include <opencv2/core.hpp>

#include "tracker/core/image.h"
#include "training/detector/scenes/scene_canvas.h"

namespace nosetip {

// Adds light, blur, low resolution, noise and compression, each with some probability; nothing
// moves. Blur is limited so that a face of `smallest_face_px` can still be found. `strength` is 0
// to 1.
void Degrade(Image& image, float strength, float smallest_face_px, SceneRandom& random);

// What a camera makes of a scene's light and color; the defaults change nothing.
struct Light {
  float gamma = 1.0F;                              // over 1 darkens what is neither black nor white
  float contrast = 1.0F;                           // about middle gray
  float gain = 1.0F;                               // over 1 clips what is bright
  std::array<float, 3> cast = {1.0F, 1.0F, 1.0F};  // gains of red, green and blue
  bool gray = false;
};

// Small differences, as between two photographs.
Light DrawSlightLight(SceneRandom& random, float strength);
// Anything that still shows a face: night, glare, colored light, gray cameras.
Light DrawHardLight(SceneRandom& random, float strength);

// In place, on CV_8UC3.
void Apply(const Light& light, cv::Mat& pixels);

// Darkens, in place, the side of the picture opposite to the direction `angle_rad`, down to
// `darkest` of its light.
void ShadeSide(cv::Mat& pixels, float angle_rad, float darkest);

}  // namespace nosetip
