// iBUG's .pts annotations (Sagonas et al., IMAVIS 2016): one file a face, beside its picture.
#pragma once

#include <filesystem>
#include <vector>

#include "tracker/core/geometry.h"
#include "training/data/data_set.h"

namespace nosetip {

// The points of one file as 0-based pixels; the file itself is 1-based. Takes the usual form
// (version, n_points, braces) and bare rows "x y". Throws Error naming file and line for anything
// else, a truncated file included.
std::vector<Point2f> ReadPts(const std::filesystem::path& path);

// All .pts files below a folder. Faces of one photograph are a group; the top folder is the part.
DataSet ReadPtsFolder(const std::filesystem::path& root);

}  // namespace nosetip
