// Finds labels that cannot be right.
#pragma once

#include <optional>
#include <vector>

#include "training/data/data_set.h"
#include "training/data/inspection.h"
#include "training/data/picture_names.h"
#include "training/data/picture_size.h"

namespace nosetip {

// A face whose box has no side as long as this shows little of it.
inline constexpr float kTinyFace_px = 16.0F;
// Labels are rounded: this far beyond the picture's edge is no fault.
inline constexpr float kEdgeTolerance_px = 1.0F;

// What is wrong with the box and the points of data.faces[face]. Without `picture`, the picture's
// size, its edges are not checked. Where a format has no boxes, so that the box is the bounds of
// the points, only the points are checked.
std::vector<FoundProblem> CheckFace(const DataSet& data, size_t face,
                                    const std::optional<PictureSize>& picture);

// Faces whose left and right points are swapped, judged by the points alone: the face lies on the
// wrong side of the line from one eye to the other, or most of the mirrored pairs of points are the
// other way round than in most faces. A turned head is not one. Empty for a schema without eyes.
std::vector<FoundProblem> FindSwappedSides(const DataSet& data);

// Faces with exactly the points of an earlier one; single points count only within one picture.
std::vector<FoundProblem> FindSamePoints(const DataSet& data);

}  // namespace nosetip
