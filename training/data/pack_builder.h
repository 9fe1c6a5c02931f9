// From a data set on disk to a pack, and from a pack back to a data set.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tracker/core/image.h"
#include "training/data/data_set.h"
#include "training/data/pack.h"

namespace nosetip {

struct PackOptions {
  CropView view = CropView::kFace;
  int size_px = 320;
  float extent = 0.0F;  // see FacePack; 0 for UsualExtent
};

// Leaves room for augmentation: 2.2 around faces, 1.25 around pictures.
float UsualExtent(CropView view);

struct BuiltPack {
  FacePack pack;
  std::vector<std::string> problems;  // faces left out, each with the reason
};

// Cuts every labeled face that has a box and a readable picture. The box of a face with enough
// points is their bounds, else the data set's. `on_face` is called with the count of faces done.
// Throws Error where no face is left.
BuiltPack BuildPack(
    const DataSet& data, const PackOptions& options,
    const std::function<void(size_t)>& on_face = [](size_t) {});

// What a user must know about a pack, one line each: faces left out, boxes replaced.
std::vector<std::string> RemarksOf(const DataSet& data, const BuiltPack& built);

// A pack as a data set, for code that reads data sets. Each face is a picture of its own, as large
// as the pack's squares; boxes and points are in its pixels. `picture` is the face's number.
DataSet DataSetOfPack(const FacePack& pack);

// The packed picture of a face of DataSetOfPack.
Image PictureOfPack(const FacePack& pack, const AnnotatedFace& face);

}  // namespace nosetip
