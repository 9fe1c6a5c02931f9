#include "tracker/model/device_crops.h"

#include "tracker/core/crop_samples.h"

namespace nosetip {

torch::Tensor CutGrayCrops(const torch::Tensor& pixels, const CropTables& tables, SizePx size_px) {
  const int64_t n = tables.places.size(0);
  const int64_t taps = tables.places.size(2);
  const int64_t height = size_px.height;
  const int64_t width = size_px.width;
  const torch::Tensor rows = tables.places.narrow(1, 0, height).reshape({n, height * taps, 1});
  const torch::Tensor columns = tables.places.narrow(1, height, width).reshape({n, 1, -1});
  const torch::Tensor rgb = pixels.index_select(0, (rows + columns).view(-1));
  // Bytes turn into floats within these, which saves a pass of their own.
  torch::Tensor luma = rgb.select(1, 0) * (kLumaOfRgb[0] / 255.0F);
  luma.add_(rgb.select(1, 1), kLumaOfRgb[1] / 255.0F);
  luma.add_(rgb.select(1, 2), kLumaOfRgb[2] / 255.0F);
  const torch::Tensor of_rows = tables.weights.narrow(1, 0, height).unsqueeze(3);
  const torch::Tensor of_columns = tables.weights.narrow(1, height, width).unsqueeze(1);
  const torch::Tensor across = luma.view({n, height * taps, width, taps}).mul_(of_columns).sum(3);
  return across.view({n, height, taps, width}).mul_(of_rows).sum(2).sub_(0.5).unsqueeze(1);
}

}  // namespace nosetip
