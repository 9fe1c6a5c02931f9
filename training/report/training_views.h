// What a network's first layer has learned, to be looked at. Free of LibTorch.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tracker/core/image.h"

namespace nosetip {

// Row-major numbers.
struct FloatPlane {
  int width_px = 0;
  int height_px = 0;
  std::vector<float> values;
};

struct FilterViews {
  std::vector<FloatPlane> filters;    // the weights of each
  std::vector<FloatPlane> responses;  // one a filter, to the whole input
  std::string response_of;            // what gave them: "convolution, batch normalisation and ReLU"
  bool after_relu = false;            // no response is negative
};

// The filters of a model file (.ntm) and their responses to `input`, a grey picture such as the
// network is fed with, of any size: after the layer, and after its ReLU where one follows, with a
// batch normalisation between them or without. Nothing where the first layer is no convolution of
// one channel. Throws Error as LoadModel does.
std::optional<FilterViews> FirstLayerViews(const std::filesystem::path& model, const Image& input);

}  // namespace nosetip
