// Pictures of an evaluation.
#pragma once

#include <string>
#include <vector>

#include "tracker/core/image.h"
#include "training/evaluation/evaluate.h"

namespace nosetip {

// The cumulative error curve: how many faces have at most a given error.
Image DrawErrorCurve(const Evaluation& evaluation, const std::string& title);

// Errors over expected errors, and the diagonal where both are equal. The evaluation has a
// reliability.
Image DrawReliability(const Evaluation& evaluation);

// The faces with the smallest or largest errors, up to 12: truth green, prediction red. No face is
// among both, so the worst take two faces or more.
enum class FacesToShow { kBest, kWorst };
Image DrawMeasuredFaces(const Evaluation& evaluation, const std::vector<FaceToMeasure>& faces,
                        FacesToShow which);

// The error curve, the reliability where there is one, the worst and the best faces.
Image DrawEvaluation(const Evaluation& evaluation, const std::vector<FaceToMeasure>& faces,
                     const std::string& title);

}  // namespace nosetip
