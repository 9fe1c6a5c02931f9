// COCO keypoints (cocodataset.org, "Data format"), as CVAT and other annotation tools export them,
// and the faces of COCO-WholeBody (Jin et al., ECCV 2020).
#pragma once

#include <filesystem>
#include <string_view>

#include "training/data/data_set.h"
#include "training/data/watched_work.h"

namespace nosetip {

// `json` is the file of annotations; pictures are looked for beside it, in images/ beside it and in
// images/ beside its folder. An annotation has its points in `keypoints`, or in `face_kpts` where
// it is of COCO-WholeBody, as x, y, v; the box is `bbox` or `face_box`. Left out are groups
// (`iscrowd`), faces of COCO-WholeBody that are not valid, and, as problems, faces of which a point
// is not labeled (v 0). Without any labeled point a face is unlabeled.
DataSet ReadCoco(const std::filesystem::path& json, const OnWork& on_work = {});
// The same for the text of the file `json`.
DataSet ParseCoco(const std::filesystem::path& json, std::string_view text,
                  const OnWork& on_work = {});

}  // namespace nosetip
