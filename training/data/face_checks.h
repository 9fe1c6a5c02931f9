// Looks for labels that cannot be right.
#pragma once

#include <optional>
#include <vector>

#include "training/data/data_set.h"
#include "training/data/inspection.h"
#include "training/data/picture_names.h"

namespace nosetip {

// A face whose box has no side as long as this shows little of it.
inline constexpr float kTinyFace_px = 16.0F;
// Labels are rounded: this far beyond the picture's edge is no fault.
inline constexpr float kEdgeTolerance_px = 1.0F;

// What is wrong with box and points of data.faces[face], each by itself. Without `picture`, which
// is its size, nothing is said about the picture's edges. Where a format has no boxes, and the box
// is the bounds of the points, only the points are judged.
std::vector<FoundProblem> CheckFace(const DataSet& data, size_t face,
                                    const std::optional<PictureSize>& picture);

// Faces whose points are mirrored. Told from the points alone, so a turned head is none: either the
// face lies to the wrong side of the line from one eye to the other, or most of the mirrored pairs
// of points are the other way round than in most faces. Nothing for a schema without eyes.
std::vector<FoundProblem> FindSwappedSides(const DataSet& data);

// Faces with exactly the points of an earlier one; of single points only in the same picture.
std::vector<FoundProblem> FindSamePoints(const DataSet& data);

}  // namespace nosetip
