// How well signals of the points that a model finds agree with those of the labeled points.
#pragma once

#include <vector>

#include "training/evaluation/evaluate.h"
#include "training/evaluation/expression_errors.h"

namespace nosetip {

// Per signal, in the order of SignalInfos, over the faces found whose head poses are determined by
// both. Each face is compared with the average one (NeutralFace), its pose with a camera whose
// frame is four times the face's box. None for schemas without signals.
std::vector<MeasureErrors> SignalErrorsOf(const std::vector<FaceToMeasure>& faces,
                                          const Evaluation& evaluation,
                                          const LandmarkSchema& schema);

}  // namespace nosetip
