// The filters of a network's first layer, and faces as the network sees them. Free of LibTorch.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"
#include "training/data/pack.h"
#include "training/landmarks/augment_options.h"

namespace nosetip {

// Row-major.
struct FloatPlane {
  int width_px = 0;
  int height_px = 0;
  std::vector<float> values;
};

struct FilterViews {
  std::vector<FloatPlane> filters;    // the weights of each
  std::vector<FloatPlane> responses;  // one per filter, to the whole input
  std::string response_of;            // such as "convolution, batch normalization and ReLU"
  bool after_relu = false;            // no response is negative
};

// The filters of a model file and their responses to `input`, a gray picture of any size:
// after the batch normalization and ReLU that follow the layer, where there are any. Nothing where
// the first layer is not a convolution of one channel. Throws Error as LoadModel does.
std::optional<FilterViews> FirstLayerViews(const std::filesystem::path& model, const Image& input);

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
