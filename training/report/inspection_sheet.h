// Samples of a data set with their labels, for people to look at.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tracker/core/image.h"
#include "training/data/inspection.h"

namespace nosetip {

struct SheetFace {
  size_t face = 0;     // index into DataSet::faces
  std::string reason;  // why it is suspicious; empty for a sample
};

// Up to `samples` faces evenly spread over the data set, then up to `suspicious` ones, each once,
// taking the kinds of problems in turn. Faces of unreadable pictures are left out.
std::vector<SheetFace> ChooseSheetFaces(const DataSet& data, const Inspection& inspection,
                                        size_t samples, size_t suspicious);

// One tile per face: the surroundings of its points, or of its box where it has none. Points are
// green; the corners of a suspicious or unlabeled face's box are red. Throws Error where no
// picture can be read.
Image DrawInspectionSheet(const DataSet& data, const std::vector<SheetFace>& faces,
                          const PictureReader& read_picture, const std::string& title);

}  // namespace nosetip
