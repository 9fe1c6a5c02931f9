// What a scene shows besides faces: parts of photographs and made-up surfaces. Only for .cpp files
// of this folder.
#pragma once

#include <optional>
#include <span>

#include <opencv2/core.hpp>

#include "tracker/core/geometry.h"
#include "training/detector/scenes/photograph.h"
#include "training/detector/scenes/scene_canvas.h"

namespace nosetip {

// A part of a photograph, in pixels of its first level, that is not a face.
struct PhotographPart {
  const Photograph* photograph = nullptr;
  RectF part;
};

// Outside all faces and all places that may be one; nothing where a few tries find none.
std::optional<PhotographPart> DrawFreePart(std::span<const Photograph> photographs,
                                           SceneRandom& random);
// Skin, hair or one eye: well inside a face, and too small to be one.
std::optional<PhotographPart> DrawFacePart(std::span<const Photograph> photographs,
                                           SceneRandom& random);

// The part, turned, mirrored and scaled; pixels beyond its edges are mirrored ones. CV_8UC3.
cv::Mat PartPixels(const PhotographPart& part, cv::Size size, SceneRandom& random);

// RGB; grays, black, white and skin are more likely than by chance.
cv::Vec3b DrawColor(SceneRandom& random);

// Plain, a gradient, stripes, checks or clouds; some with blobs like heads without features.
// CV_8UC3.
cv::Mat DrawTexture(cv::Size size, SceneRandom& random);

}  // namespace nosetip
