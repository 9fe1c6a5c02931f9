// What an evaluation looks like.
#pragma once

#include <string>
#include <vector>

#include "tracker/core/image.h"
#include "training/evaluate.h"

namespace nosetip {

// How many faces have at most which error.
Image DrawErrorCurve(const Evaluation& evaluation, const std::string& title);

// The faces with the smallest or largest errors, up to 12: truth green, prediction red.
enum class FacesToShow { kBest, kWorst };
Image DrawMeasuredFaces(const Evaluation& evaluation, const std::vector<FaceToMeasure>& faces,
                        FacesToShow which);

// The error curve above the worst and best faces.
Image DrawEvaluation(const Evaluation& evaluation, const std::vector<FaceToMeasure>& faces,
                     const std::string& title);

}  // namespace nosetip
