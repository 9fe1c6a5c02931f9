// Data sets with one text file per face: .asf and .pts.
#pragma once

#include <filesystem>

#include "training/data/data_set.h"

namespace nosetip {

// All .asf files below a folder. The pictures are opened for their size. One person is a group.
DataSet ReadAsfFolder(const std::filesystem::path& root);

// All .pts files below a folder, each beside its picture. Faces of one photograph are a group; the
// top folder is the part.
DataSet ReadPtsFolder(const std::filesystem::path& root);

}  // namespace nosetip
