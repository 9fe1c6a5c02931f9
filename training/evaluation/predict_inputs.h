// What to predict: pictures, and where in them the faces are, if that is known.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {

struct PictureToPredict {
  std::filesystem::path picture;
  // Names its outputs: a relative path with '/' and without extension. Several pictures may share
  // one.
  std::string name;
  // One face each, in the order of the file; they may have no area and lie anywhere. Empty where
  // number and places of the faces are unknown.
  std::vector<RectF> boxes;
  // The true points of each box, in pixels of the picture; empty where they are not known.
  std::vector<std::vector<Point2f>> truth_px{};
  const LandmarkSchema* truth_schema = nullptr;  // null where no box has true points
};

struct PredictInputs {
  std::vector<PictureToPredict> pictures;  // in the order given, of folders sorted by path
  std::vector<std::string> problems;       // what of a data set was left out, each with the reason
};

// Each argument is a picture, a folder of pictures at any depth, a dlib .xml file (every box that
// is not marked `ignore`, see ReadDlibBoxes) or a .csv of keypoints (the bounds of its points).
// Of a folder, hidden files are left out, and earlier outputs: what lies below `out` where that is
// in the folder. Where there are several arguments, a picture's name starts with that of its
// argument. Throws Error where an argument does not exist or holds nothing. Pictures that a data
// set names may be missing.
PredictInputs ListPredictInputs(std::span<const std::string> arguments,
                                const std::filesystem::path& out);

}  // namespace nosetip
