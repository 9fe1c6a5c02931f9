// From the points of a face to what the eye network sees, and back. Trainer and tracker share this
// file, so that the network meets at run time what it was trained on.
#pragma once

#include <array>
#include <optional>
#include <span>

#include "tracker/core/geometry.h"

namespace nosetip {

// The eye network's input, with the eye in its middle.
inline constexpr SizePx kEyeCropPx{64, 48};

inline constexpr size_t kPointsPerEye = 6;
using PointsOfEye = std::array<Point2f, kPointsPerEye>;

// Points of ibug68: the left eye of the picture, then the right one. Outer corner, upper lid, inner
// corner, lower lid; so each eye's points are in the places of the other's in a mirrored picture.
inline constexpr std::array<std::array<size_t, kPointsPerEye>, 2> kEyesOfIbug68 = {
    {{36, 37, 38, 39, 40, 41}, {45, 44, 43, 42, 47, 46}}};
// Places in PointsOfEye of the upper and the lower lid above each other.
inline constexpr std::array<std::array<size_t, 2>, 2> kLidPairs = {{{1, 5}, {2, 4}}};

PointsOfEye EyeOf(std::span<const Point2f> ibug68_px, size_t eye);

// The transform from frame pixels to those of the crop of an eye, 0 or 1, of a face with the points
// of ibug68. The line through both eyes is level in the crop, which is 0.86 times as wide as the
// eyes are apart; the eye on the right is mirrored, so that all look like the one on the left.
// Where a turned head brings the eyes close together, the distance from the base of the nose
// counts. Nothing where the points are too close together.
std::optional<Affine2> EyeCropFromFrame(std::span<const Point2f> ibug68_px, size_t eye);

// Points of an eye that are in the middle between `first` and `second`, with lids as far apart as
// those of `second`.
PointsOfEye MeanEyeWithLidsOf(const PointsOfEye& first, const PointsOfEye& second);

}  // namespace nosetip
