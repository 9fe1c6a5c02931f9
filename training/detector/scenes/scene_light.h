// What a camera, a codec and the room's light do to a whole picture. Only for .cpp files of this
// room.
#pragma once

#include <array>

#include <opencv2/core.hpp>

#include "tracker/core/image.h"
#include "training/detector/scenes/scene_canvas.h"

namespace nosetip {

// Light, blur, low resolution, noise and compression, each with some probability; nothing moves.
// Blur stays within what a face of `smallest_face_px` can take. `strength` is 0 to 1.
void Degrade(Image& image, float strength, float smallest_face_px, SceneRandom& random);

// Light and color of a picture. Only for .cpp files of this room.

// What a camera makes of a scene's light; the defaults change nothing.
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

// Darkens one side of the picture, down to `darkest` of its light, in place; the side opposite to
// the direction of `angle_rad`.
void ShadeSide(cv::Mat& pixels, float angle_rad, float darkest);

}  // namespace nosetip
