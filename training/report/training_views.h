// Faces as a network sees them. Free of LibTorch.
#pragma once

#include <span>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"
#include "training/data/pack.h"
#include "training/landmarks/augment_options.h"

namespace nosetip {

struct SampleView {
  Image picture;
  std::vector<Point2f> points_px;
};

struct SampleRequest {
  ViewSpec view;
  AugmentOptions augment;
  int seed = 1;
};

// The chosen faces of a pack as the network sees them, one or more, in the order given.
std::vector<SampleView> SampleViews(const FacePack& pack, std::span<const size_t> chosen,
                                    const SampleRequest& request);

}  // namespace nosetip
