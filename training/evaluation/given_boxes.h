// Faces measured in the boxes of a file, as a competition gives them, in place of those of their
// true points. Free of LibTorch.
#pragma once

#include <filesystem>
#include <map>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/model/landmarker.h"
#include "training/evaluation/evaluate.h"

namespace nosetip {

class GivenBoxes {
 public:
  // Reads a dlib .xml, every box that is not marked `ignore`, or what ReadBoxSet reads. Throws
  // Error where it is neither or has no box.
  explicit GivenBoxes(const std::filesystem::path& file);

  // Of the picture's boxes the one that NearestBox gives; one without area where there is none.
  RectF Of(const std::filesystem::path& picture, const RectF& truth_box) const;

 private:
  std::map<std::filesystem::path, std::vector<RectF>> boxes_;  // of a picture's canonical path
};

// Locates as `predict` does in boxes (LocateClosely); nothing in a box that is not usable. The
// landmarker must outlive the result.
LocateFace LocateInGivenBoxes(Landmarker& landmarker);

}  // namespace nosetip
