// Data sets with one text file per face: .asf and .pts.
#pragma once

#include <filesystem>

#include "training/data/data_set.h"
#include "training/data/watched_work.h"

namespace nosetip {

// All .asf files below a folder. The pictures are opened for their size. One person is a group.
DataSet ReadAsfFolder(const std::filesystem::path& root, const OnWork& on_work = {});

// All .pts files below a folder, each beside its picture. Faces of one photograph are a group; the
// top folder is the part.
DataSet ReadPtsFolder(const std::filesystem::path& root, const OnWork& on_work = {});

}  // namespace nosetip
