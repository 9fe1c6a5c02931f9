// New labels for packed faces from what models answer: for pictures that nobody has labeled
// (self-training), and to even out the errors of those who labeled others (distillation).
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
  float share =
      1.0F;      // of the models' answers in the new points, 0 to 1; the old ones have the rest
  HoldOut keep;  // these groups keep their points, and all of their faces stay
  // Faces of which the models are less sure, on average over models and points, are left out.
  float least_confidence = 0.0F;
  // Where above 0, boxes are written as if every picture were scaled so that its box has this
  // longer side: labels of models are off by as much of a face in small pictures as in large ones,
  // those of people (--mirror-offset-px) by as many pixels.
  float box_px = 0.0F;
};

struct RelabeledPack {
  FacePack pack;
  size_t relabeled = 0;
  size_t left_out = 0;
  // RMS distance between the old and the models' points, in percent of the outer-eye distance (or
  // what stands for it, see FaceUnitPx; the box's longer side where there are too few points).
  double moved_percent = 0.0;
};

// Each model answers for each face and for its mirror image; what answers for mirror images are off
// on average by in x, which comes from labels that do not lie in the middle, is taken from them.
// `on_face` is called with the number of faces done and says whether to go on; there is no result
// where it does not. Throws Error where a model has other points.
std::optional<RelabeledPack> Relabel(const FacePack& pack,
                                     std::span<const std::unique_ptr<Landmarker>> models,
                                     const RelabelOptions& options,
                                     const std::function<bool(size_t)>& on_face);

}  // namespace nosetip
