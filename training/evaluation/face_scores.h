// A landmarker's confidence on faces, and on what lies beside them. Free of LibTorch.
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

// Beside each face up to `places` random boxes of 0.3 to 1.2 of its size are chosen, inside the
// picture and apart from the face's own. Points are located there four times, each time around the
// last ones, as a tracker would that had lost the face. A place that ends up on the face is left
// out; one whose points collapse or leave the picture counts as 0, since a tracker drops it. Other
// faces in the picture count as places without a face. Empty for a model without confidences; faces
// whose picture cannot be read are left out.
FaceScores ScoreFaces(const std::vector<FaceToMeasure>& faces, const LocateFace& locate, int places,
                      uint32_t seed = 1);

// A table for the terminal, or why there is none.
std::string FaceScoresText(const FaceScores& scores);

}  // namespace nosetip
