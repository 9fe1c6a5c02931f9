#include "training/report/training_views.h"

#include <cmath>

#include "tracker/core/crop.h"
#include "training/landmarks/face_tensors.h"

namespace nosetip {

std::vector<SampleView> SampleViews(const FacePack& pack, std::span<const size_t> chosen,
                                    const SampleRequest& request) {
  torch::manual_seed(static_cast<uint64_t>(request.seed));
  const FaceTensors faces = TensorsFromPack(pack, chosen, torch::kCPU);
  const Batch batch = MakeBatch(faces, torch::arange(faces.Count()), SchemaByName(pack.schema),
                                request.view, request.augment);
  const torch::Tensor images = batch.images.contiguous();
  const torch::Tensor targets = batch.targets.contiguous();
  const float* pixel = images.data_ptr<float>();
  const auto target = targets.accessor<float, 3>();
  const SizePx size = request.view.input_px;
  std::vector<SampleView> views;
  for (int64_t i = 0; i < faces.Count(); ++i) {
    SampleView view{Image(size.width, size.height), {}};
    for (size_t p = 0; p < view.picture.rgb.size(); p += 3) {
      const auto gray = static_cast<uint8_t>(std::lround(255.0F * (*pixel++ + 0.5F)));
      view.picture.rgb[p] = view.picture.rgb[p + 1] = view.picture.rgb[p + 2] = gray;
    }
    for (int64_t k = 0; k < targets.size(1); ++k) {
      view.points_px.push_back({PixelFromUnit(target[i][k][0], size.width),
                                PixelFromUnit(target[i][k][1], size.height)});
    }
    views.push_back(std::move(view));
  }
  return views;
}

}  // namespace nosetip
