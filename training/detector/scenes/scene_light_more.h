// Light and colour of a picture. Only for .cpp files of this room.
#pragma once

#include <array>

#include <opencv2/core.hpp>

#include "training/detector/scenes/scene_random.h"

namespace nosetip {

// What a camera makes of a scene's light; the defaults change nothing.
struct Light {
  float gamma = 1.0F;                              // over 1 darkens what is neither black nor white
  float contrast = 1.0F;                           // about middle grey
  float gain = 1.0F;                               // over 1 clips what is bright
  std::array<float, 3> cast = {1.0F, 1.0F, 1.0F};  // gains of red, green and blue
  bool grey = false;
};

// Small differences, as between two photographs.
Light DrawSlightLight(SceneRandom& random, float strength);
// Anything that still shows a face: night, glare, coloured light, grey cameras.
Light DrawHardLight(SceneRandom& random, float strength);

// In place, on CV_8UC3.
void Apply(const Light& light, cv::Mat& pixels);

// Darkens one side of the picture, down to `darkest` of its light, in place; the side opposite to
// the direction of `angle_rad`.
void ShadeSide(cv::Mat& pixels, float angle_rad, float darkest);

}  // namespace nosetip
