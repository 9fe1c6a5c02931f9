// How photographs are arranged in a scene. Only for .cpp files of this folder.
#pragma once

#include "training/detector/scenes/photograph.h"
#include "training/detector/scenes/scene_backdrop.h"
#include "training/detector/scenes/scene_canvas.h"
#include "training/detector/scenes/scene_paste.h"

namespace nosetip {

// Lays one scene, from what is behind to what is in front.
class SceneLayout {
 public:
  // `stock` and `random` must outlive it.
  SceneLayout(const SceneStock& stock, SceneRandom& random);

  SceneCanvas Laid() &&;

 private:
  struct Choice {
    const Photograph& photograph;
    const FaceLabel& face;
  };

  void LayEmpty();
  // One photograph with its surroundings over the part.
  void LayPortrait(const cv::Rect& part);
  // Several photographs, or faces cut out of them, over one background.
  void LayCrowd();
  void LayCrowdFace(float height_px);
  // Portraits side by side.
  void LayMosaic();
  void LayOccluders();

  Choice DrawFace();
  float DrawRoll(const FaceLabel& face);
  // Within the part, or now and then over its border.
  FacePlace DrawPlace(const FaceLabel& face, const cv::Rect& part, float height_px);

  const SceneStock& stock_;
  SceneRandom& random_;
  SceneCanvas canvas_;
};

}  // namespace nosetip
