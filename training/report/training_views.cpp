#include "training/report/training_views.h"

#include <cmath>
#include <cstring>

#include "tracker/core/crop.h"
#include "tracker/core/error.h"
#include "tracker/model/checkpoint.h"
#include "training/landmarks/face_tensors.h"
#include "training/run/torch_errors.h"

namespace nosetip {
namespace {

namespace nn = torch::nn;

// [N, H, W] on the CPU.
std::vector<FloatPlane> Planes(const torch::Tensor& stack) {
  const torch::Tensor all = stack.to(torch::kFloat32).contiguous();
  std::vector<FloatPlane> planes;
  for (int64_t i = 0; i < all.size(0); ++i) {
    FloatPlane plane{static_cast<int>(all.size(2)), static_cast<int>(all.size(1)), {}};
    const float* first = all.data_ptr<float>() + i * all.size(1) * all.size(2);
    plane.values.assign(first, first + all.size(1) * all.size(2));
    planes.push_back(std::move(plane));
  }
  return planes;
}

torch::Tensor InputOf(const Image& picture) {
  torch::Tensor input = torch::empty({1, 1, picture.height_px, picture.width_px});
  auto* value = input.data_ptr<float>();
  for (size_t p = 0; p < picture.rgb.size(); p += 3) {
    *value++ = static_cast<float>(picture.rgb[p]) / 255.0F - 0.5F;
  }
  return input;
}

FilterViews ViewsOf(const std::vector<std::shared_ptr<nn::Module>>& layers,
                    nn::Conv2dImpl& convolution, const Image& picture) {
  FilterViews views;
  views.filters = Planes(convolution.weight.squeeze(1));
  torch::Tensor response = convolution.forward(InputOf(picture));
  views.response_of = "convolution";
  size_t next = 1;
  auto* norm = next < layers.size() ? layers[next]->as<nn::BatchNorm2dImpl>() : nullptr;
  if (norm != nullptr) ++next;
  if (next < layers.size() && layers[next]->as<nn::ReLUImpl>() != nullptr) {
    if (norm != nullptr) response = norm->forward(response);
    response = torch::relu(response);
    views.response_of += norm != nullptr ? ", batch normalization and ReLU" : " and ReLU";
    views.after_relu = true;
  }
  views.responses = Planes(response.squeeze(0));
  return views;
}

}  // namespace

std::optional<FilterViews> FirstLayerViews(const std::filesystem::path& model, const Image& input) {
  Check(!input.Empty(), "a picture for the first layer");
  return WithTorch([&]() -> std::optional<FilterViews> {
    const torch::NoGradGuard no_grad;
    const Model loaded = LoadModel(model);
    const auto layers = loaded.network->children();
    auto* convolution = layers.empty() ? nullptr : layers.front()->as<nn::Conv2dImpl>();
    if (convolution == nullptr || convolution->weight.size(1) != 1) return std::nullopt;
    return ViewsOf(layers, *convolution, input);
  });
}

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
