// Eyes of packed faces as the eye network learns them. Free of LibTorch and OpenCV.
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "tracker/core/eye_crop.h"
#include "training/data/pack.h"

namespace nosetip {

// An eye and its surroundings.
struct EyeSample {
  std::vector<uint8_t> pixels;  // gray; see kEyePatchPx
  PointsOfEye points;           // in pixels of the eye's crop (EyeCropFromFrame)
};

// A patch is 1.75 times as wide as the crop in its middle, with 1.5 pixels per pixel of the crop,
// so that crops can be turned and moved.
inline constexpr SizePx kEyePatchPx{168, 126};

// Both eyes of the chosen faces of a pack with the points of ibug68. Left out are eyes whose points
// are too close together.
std::vector<EyeSample> EyesOfPack(const FacePack& pack, std::span<const size_t> faces);

// Eye openness as Expression has it.
float OpennessOf(const PointsOfEye& points);

// How often each eye is shown, relative to others: shut, half-shut and wide-open eyes are rare.
std::vector<double> ShowingRates(std::span<const EyeSample> eyes);

struct EyeView {
  std::vector<float> pixels;  // of kEyeCropPx, -0.5 ... 0.5
  PointsOfEye points;         // in its pixels
};

// What the network sees of an eye whose face was located only roughly: turned, shifted and scaled a
// little. `close_share` of the open eyes are half or wholly shut.
EyeView RandomView(const EyeSample& eye, double close_share, std::mt19937_64& random);

}  // namespace nosetip
