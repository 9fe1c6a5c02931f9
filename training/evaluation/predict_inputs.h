// What to predict: pictures, and where in them the faces are, if that is known.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "tracker/core/geometry.h"

namespace nosetip {

struct PictureToPredict {
  std::filesystem::path picture;
  // What its outputs are called: a relative path with '/' and without extension. Several pictures
  // may have the same.
  std::string name;
  // One face each, in the order of the file; they may have no area and lie anywhere. Empty: nobody
  // knows where the faces are, nor how many.
  std::vector<RectF> boxes;
};

struct PredictInputs {
  std::vector<PictureToPredict> pictures;  // in the order given, of folders sorted by path
  std::vector<std::string> problems;       // what of a data set was left out, each with the reason
};

// Each argument is a picture, a folder of pictures at any depth, a dlib .xml file (every box that
// is not marked `ignore`, see ReadDlibBoxes) or a .csv of keypoints (the bounds of its points).
// Left out of a folder are hidden files and what lies below `out`, if that is in the folder: it was
// predicted before. Where there are several arguments, names start with that of theirs. Throws
// Error where an argument does not exist or holds nothing. Pictures that a data set names may be
// missing.
PredictInputs ListPredictInputs(std::span<const std::string> arguments,
                                const std::filesystem::path& out);

}  // namespace nosetip
