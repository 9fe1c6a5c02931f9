// Faces from whatever a user names.
#pragma once

#include <functional>
#include <string>

#include "training/data/pack.h"

namespace nosetip {

struct WantedFaces {
  std::string schema;  // points; others that hold these are reduced to them
  CropView view = CropView::kFace;
  float margin = 1.0F;  // of the crops that must fit in
};

// A pack (.ntp) or, in a build with OpenCV, any data set that ReadDataSet knows, packed in memory.
// `on_remark` is called with each line of what a user must know (see RemarksOf). Throws Error where
// the path is neither or has other points.
FacePack LoadFaces(const std::string& path, const WantedFaces& wanted,
                   const std::function<void(const std::string&)>& on_remark);

}  // namespace nosetip
