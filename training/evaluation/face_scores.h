// How sure a landmarker is of faces, and of what lies beside them. Free of LibTorch.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "training/evaluation/evaluate.h"

namespace nosetip {

// Mean confidences of a face's points (MeanConfidence), 0 to 1, ascending.
struct FaceScores {
  std::vector<double> faces;   // in the boxes of the true points
  std::vector<double> beside;  // where there is no face
};

// Beside each face up to `places` boxes of 0.3 to 1.2 of its size are chosen at random that do not
// overlap its own, inside the picture. There points are located four times, each time around those
// before, as a tracker would that had strayed. A place that ends up on the face is left out; one
// whose points run together or out of the picture counts as 0, since a tracker drops it. Faces
// beside the measured one count as places without a face. Empty for a model that does not say how
// sure it is; faces whose picture cannot be read are left out.
FaceScores ScoreFaces(const std::vector<FaceToMeasure>& faces, const FaceLocator& locate,
                      int places, uint32_t seed = 1);

// A table for people; says so where there is nothing to compare.
std::string FaceScoresText(const FaceScores& scores);

}  // namespace nosetip
