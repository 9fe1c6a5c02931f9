// New points for packed faces, located by models: for pictures without labels (self-training), and
// to average out the errors of people's labels (distillation).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "tracker/model/landmarker.h"
#include "training/data/held_out.h"
#include "training/data/pack.h"

namespace nosetip {

struct RelabelOptions {
  // Weight of the models' points in the new ones, 0 to 1; the old points have the rest.
  float share = 1.0F;
  HoldOut keep;  // these groups keep their points and all of their faces
  // Faces with a lower confidence, on average over models and points, are left out.
  float min_confidence = 0.0F;
  // Where above 0, boxes are written as if every picture were scaled so that its box has this
  // longer side. Points of models are off by the same part of a face in small and large pictures,
  // those of people by the same number of pixels (--mirror-offset-px).
  float box_px = 0.0F;
};

struct RelabeledPack {
  FacePack pack;
  size_t relabeled = 0;
  size_t left_out = 0;
  // RMS distance between the old and the models' points, in percent of the outer-eye distance (see
  // FaceUnitPx for schemas without eyes; of the box's longer side where there are too few points).
  double moved_percent = 0.0;
};

// Each model locates each face and its mirror image. Labels that lie to one side shift the points
// of mirror images to the other: the mean shift in x is taken off. `on_face` is called with the
// number of faces done; where it returns false, there is no result. Throws Error where a model has
// other points.
std::optional<RelabeledPack> Relabel(const FacePack& pack,
                                     std::span<const std::unique_ptr<Landmarker>> models,
                                     const RelabelOptions& options,
                                     const std::function<bool(size_t)>& on_face);

}  // namespace nosetip
