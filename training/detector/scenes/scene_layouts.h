// How photographs are arranged in a scene. Only for .cpp files of this folder.
#pragma once

#include <span>

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
  // A cut of one photograph in which every face is labeled, at any scale.
  void LayCut(const cv::Rect& part);
  // Several photographs, or faces cut out of them, over one background.
  void LayCrowd();
  void LayCrowdFace(float height_px);
  // Portraits or cuts side by side.
  void LayMosaic(bool of_cuts);
  void LayComposed();
  void LayOccluders();

  // Of one of these photographs.
  Choice DrawFace(std::span<const Photograph* const> photographs);
  Choice DrawPortrait() { return DrawFace(HasPortraits() ? stock_.portraits : stock_.whole); }
  bool HasPortraits() const { return !stock_.portraits.empty(); }
  // Scale of a cut, from the photograph's pixels to the scene's.
  float DrawScale(const Choice& choice, const cv::Rect& part);
  float DrawRoll(const FaceLabel& face);
  // Within the part, or now and then over its border.
  FacePlace DrawPlace(const FaceLabel& face, const cv::Rect& part, float height_px);

  const SceneStock& stock_;
  SceneRandom& random_;
  SceneCanvas canvas_;
};

}  // namespace nosetip
