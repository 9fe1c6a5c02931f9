// Pictures of an evaluation.
#pragma once

#include <optional>
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

// The eyes that are truly shut (kShutEye), up to 24, with how far they are open and were found to
// be. Nothing where there are none, or the schema has no eyes.
std::optional<Image> DrawShutEyes(const Evaluation& evaluation,
                                  const std::vector<FaceToMeasure>& faces,
                                  const LandmarkSchema& schema);

// The error curve, the reliability where there is one, the worst and the best faces, and the shut
// eyes. The faces have the points of `schema`.
Image DrawEvaluation(const Evaluation& evaluation, const std::vector<FaceToMeasure>& faces,
                     const LandmarkSchema& schema, const std::string& title);

}  // namespace nosetip
