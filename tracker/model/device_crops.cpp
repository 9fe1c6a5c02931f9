#include "tracker/model/device_crops.h"

#include "tracker/core/crop_samples.h"

namespace nosetip {
namespace {

// [P] float32, 0 to 1.
torch::Tensor Luma(const torch::Tensor& pixels) {
  // Bytes turn into floats within these, which saves a pass of their own.
  torch::Tensor luma = pixels.select(1, 0) * (kLumaOfRgb[0] / 255.0F);
  luma.add_(pixels.select(1, 1), kLumaOfRgb[1] / 255.0F);
  return luma.add_(pixels.select(1, 2), kLumaOfRgb[2] / 255.0F);
}

}  // namespace

torch::Tensor CutGrayCrops(const torch::Tensor& pixels, const CropTables& tables, SizePx size_px) {
  const int64_t n = tables.places.size(0);
  const int64_t taps = tables.places.size(1);
  const int64_t height = size_px.height;
  const int64_t width = size_px.width;
  // [N, taps, height, 1, 1] and [N, 1, 1, taps, width]: the columns of a row stay side by side, so
  // that what adds up the taps reads and writes neighbours.
  const auto of_rows = [&](const torch::Tensor& table) {
    return table.narrow(2, 0, height).unsqueeze(3).unsqueeze(4);
  };
  const auto of_columns = [&](const torch::Tensor& table) {
    return table.narrow(2, height, width).unsqueeze(1).unsqueeze(1);
  };
  const torch::Tensor places = of_rows(tables.places) + of_columns(tables.places);
  const torch::Tensor samples = Luma(pixels).index_select(0, places.view(-1));
  const torch::Tensor weights = of_rows(tables.weights) * of_columns(tables.weights);
  const torch::Tensor mixed = samples.view({n, taps, height, taps, width}).mul(weights).sum({1, 3});
  return mixed.sub_(0.5).unsqueeze(1);
}

}  // namespace nosetip
