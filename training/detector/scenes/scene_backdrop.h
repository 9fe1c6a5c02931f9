// What surrounds the faces of a scene. Only for .cpp files of this folder.
#pragma once

#include <span>
#include <vector>

#include <opencv2/core.hpp>

#include "training/detector/scenes/photograph.h"
#include "training/detector/scenes/scene_canvas.h"
#include "training/detector/scenes/scene_composer.h"
#include "training/detector/scenes/scene_paste.h"

namespace nosetip {

// What scenes are made of.
struct SceneStock {
  std::span<const Photograph> photographs;
  std::span<const Photograph* const> portraits;  // those of the photographs not in `whole`
  std::span<const Photograph* const> whole;      // those in which every face is labeled
  std::span<const Photograph> backgrounds;
  const SceneOptions& options;
};

// How much of the most hidden of the boxes lies within `over`, 0 to 1.
float MostHidden(const std::vector<RectF>& boxes, const RectF& over);

// Light and sharpness that differ a little from photograph to photograph.
PasteStyle DrawStyle(const cv::Rect& clip, float strength, SceneRandom& random);

// Covers the whole part with something without labeled faces: a background, a face-free part of a
// photograph or a made-up surface.
void LayBackground(SceneCanvas& canvas, const cv::Rect& part, const SceneStock& stock,
                   SceneRandom& random);

// Lays whole pictures without faces, each at most as large as the scene; the rest is black, as
// around a picture that a detector looks at. Needs backgrounds.
void LayGallery(SceneCanvas& canvas, const SceneStock& stock, SceneRandom& random);

// Lays up to `most` patches that are not faces and hide none.
void LayDistractors(SceneCanvas& canvas, int most, const SceneStock& stock, SceneRandom& random);

}  // namespace nosetip
