// Faces with their points, side by side.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"

namespace nosetip {

struct FaceTile {
  Image picture;
  std::vector<Point2f> truth_px;      // drawn green; may be empty
  std::vector<Point2f> predicted_px;  // drawn red; may be empty
  std::string label;
  // True: the whole picture in its own shape. False: the surroundings of its points, or the whole
  // picture where it has fewer than two.
  bool whole_picture = false;
};

// `columns` tiles per row, each `side_px` wide. One tile or more.
Image DrawFaceSheet(std::span<const FaceTile> tiles, int columns, int side_px,
                    const std::string& title);

// The tile alone, without its label; as high as its picture needs.
Image DrawFaceTile(const FaceTile& tile, int side_px);

}  // namespace nosetip
