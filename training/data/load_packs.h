// Faces from whatever a user names.
#pragma once

#include <functional>
#include <string>

#include "training/data/pack.h"
#include "training/data/watched_work.h"

namespace nosetip {

struct WantedFaces {
  std::string schema;  // of the points; faces with more points are reduced to these
  CropView view = CropView::kFace;
  float margin = 1.0F;  // of the crops that must fit into the packed squares
};

// A pack or, in a full build, any data set that ReadDataSet knows, packed in memory. (A
// build of the trainer alone has its own function: trainer_only.cpp.) `on_remark` is called with
// each line of what a user must know (see RemarksOf). Throws Error where the path is neither or has
// other points.
FacePack LoadFaces(const std::string& path, const WantedFaces& wanted,
                   const std::function<void(const std::string&)>& on_remark, const OnWork& on_work);

}  // namespace nosetip
