// The sample clips: one still picture seen by a moving camera, under changing light and with a
// noisy sensor. The camera's path is known, so tests can undo it and measure how far points moved.
// All of it follows from the number of the frame.
#pragma once

#include <cstdint>

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"

namespace nosetip {

inline constexpr int kSampleWidthPx = 640;
inline constexpr int kSampleHeightPx = 480;
inline constexpr int kSampleFrameRateHz = 30;
inline constexpr int kSampleFrameCount = 300;

enum class SamplePath {
  kWander,  // the whole face is in every frame
  kLeave,   // the face leaves upwards and comes back
};

// The first and last frame of kLeave without any part of the face.
inline constexpr int kSampleGoneFirst = 120;
inline constexpr int kSampleGoneLast = 190;

// Bounds of the 68 points in assets/samples/astronaut.png, in its pixels, to about 2 px.
inline constexpr RectF kSampleFaceInPicture = {180.0F, 87.0F, 91.0F, 92.0F};

// A similarity from pixels of the picture to pixels of frame number `frame`.
Affine2 SampleFrameFromPicture(SamplePath path, int frame);

Image RenderSampleFrame(const Image& picture, SamplePath path, int frame);

}  // namespace nosetip
