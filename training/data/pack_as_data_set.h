// A pack seen as a data set, so that what looks at data sets can look at packs.
#pragma once

#include <memory>

#include "tracker/core/image.h"
#include "training/data/data_set.h"
#include "training/data/pack.h"

namespace nosetip {

// Each face is a picture of its own, as large as the pack's squares; boxes and points are in its
// pixels. `picture` is the face's number.
DataSet DataSetOfPack(const FacePack& pack);

// The packed face that `face`, of DataSetOfPack, is.
Image PictureOfPack(const FacePack& pack, const AnnotatedFace& face);

}  // namespace nosetip
