#include "training/report/network_views.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "tracker/core/error.h"
#include "tracker/model/checkpoint.h"
#include "tracker/model/score_map_head.h"
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

// A layer with what it answers to one picture: [1, ...].
struct RunLayer {
  std::string name;
  std::shared_ptr<nn::Module> module;  // null for arithmetic without weights
  torch::Tensor output;
};

void RunHead(const std::string& name, ScoreMapHeadImpl& head, const torch::Tensor& input,
             std::vector<RunLayer>& layers) {
  const auto run = [&](const std::string& part, const auto& module, const torch::Tensor& x) {
    layers.push_back({name + "." + part, module.ptr(), module.ptr()->forward(x)});
    return layers.back().output;
  };
  const auto stage = [&](const std::string& part, nn::Sequential& blocks, torch::Tensor x) {
    for (size_t i = 0; i < blocks->size(); ++i) {
      x = run(fmt::format("{}.{}", part, i), BasicBlock(blocks->ptr<BasicBlockImpl>(i)), x);
    }
    return x;
  };
  const torch::Tensor f16 = stage("stage16", head.stage16, input);
  const torch::Tensor f32 = stage("stage32", head.stage32, f16);
  const torch::Tensor fine = run("lateral8", head.lateral8, input);
  const torch::Tensor middle = run("lateral16", head.lateral16, f16);
  const torch::Tensor coarse = run("lateral32", head.lateral32, f32);
  const torch::Tensor neck = SumOfScales({fine, middle, coarse});
  layers.push_back({name + ".mix", head.mix.ptr(), head.mix->forward(neck)});
  const torch::Tensor maps = run("maps", head.maps, layers.back().output);
  layers.push_back({name + ".points", nullptr, PointsFromScoreMaps(maps)});
}

std::vector<RunLayer> Run(nn::Sequential& network, torch::Tensor x) {
  const torch::NoGradGuard no_grad;
  network->eval();
  std::vector<RunLayer> layers;
  auto layer = network->begin();
  for (const auto& child : network->named_children()) {
    if (auto* head = child.value()->as<ScoreMapHead>()) {
      RunHead(child.key(), *head, x, layers);
    } else {
      x = layer->forward(x);
      layers.push_back({child.key(), child.value(), x});
    }
    ++layer;
  }
  return layers;
}

std::string StrideText(const nn::Conv2dImpl& convolution) {
  const int64_t stride = (*convolution.options.stride())[0];
  return stride > 1 ? fmt::format(", stride {}", stride) : "";
}

// In the short words of papers, as a narrow table has to hold them.
std::string KindOf(const RunLayer& layer) {
  if (layer.module == nullptr) return "mean of cells, weighted by scores";
  const nn::Module& module = *layer.module;
  if (const auto* convolution = module.as<nn::Conv2d>()) {
    const auto& side = *convolution->options.kernel_size();
    return fmt::format("conv {}×{}", side[0], side[1]) + StrideText(*convolution);
  }
  if (const auto* block = module.as<BasicBlock>()) {
    return "residual block" + StrideText(*block->conv1);
  }
  if (const auto* pool = module.as<nn::MaxPool2d>()) {
    const auto& side = *pool->options.kernel_size();
    return fmt::format("max pool {}×{}", side[0], side[1]);
  }
  if (module.as<nn::BatchNorm2d>() != nullptr) return "batch norm";
  if (module.as<nn::ReLU>() != nullptr) return "ReLU";
  if (module.as<nn::AdaptiveAvgPool2d>() != nullptr) return "mean pool";
  if (module.as<nn::Linear>() != nullptr) return "fully connected";
  if (module.as<nn::Flatten>() != nullptr) return "flatten";
  if (module.as<nn::Sequential>() != nullptr) return "conv 3×3, batch norm, ReLU";
  return "x and y of each point";
}

std::string ShapeText(const torch::Tensor& output) {
  return fmt::format("{}", fmt::join(output.sizes().slice(1), "×"));
}

// Of [1, channels, H, W]: all, or those with the largest values.
void AddResponses(LaterLayer& layer, const torch::Tensor& output, int64_t most) {
  const torch::Tensor all = output.squeeze(0);
  layer.channels = static_cast<size_t>(all.size(0));
  const torch::Tensor largest = all.flatten(1).amax(1);
  const auto strongest = largest.argsort(0, /*descending=*/true).slice(0, 0, most);
  const torch::Tensor chosen = std::get<0>(strongest.sort());
  layer.responses = Planes(all.index_select(0, chosen));
  for (int64_t i = 0; i < chosen.numel(); ++i) {
    layer.numbers.push_back(static_cast<int>(chosen[i].item<int64_t>()));
  }
}

LaterLayer SmallLayer(const std::vector<RunLayer>& layers, size_t convolution) {
  LaterLayer later;
  later.name = layers[convolution].name;
  later.after = "convolution";
  size_t last = convolution + 1;
  if (layers[last].module->as<nn::BatchNorm2d>() != nullptr) {
    later.after += ", batch normalization";
    ++last;
  }
  later.after += " and ReLU";
  const torch::Tensor& weights = layers[convolution].module->as<nn::Conv2d>()->weight;
  for (int64_t i = 0; i < weights.size(0); ++i) later.filters.push_back(Planes(weights[i]));
  AddResponses(later, layers[last].output, weights.size(0));
  return later;
}

// Where a network with score maps looks for each landmark: [1, points, H, W], 0 to 1.
torch::Tensor LooksAt(const torch::Tensor& maps) {
  const torch::Tensor scores = maps.slice(1, 0, maps.size(1) / 4);
  return torch::softmax(scores.flatten(2), 2).view_as(scores);
}

// The end of a stage is the block before one that halves the picture, or before none.
bool EndsAStage(const std::vector<RunLayer>& layers, size_t i) {
  const auto* block = layers[i].module ? layers[i].module->as<BasicBlock>() : nullptr;
  if (block == nullptr) return false;
  if (i + 1 == layers.size() || !layers[i + 1].module) return true;
  const auto* next = layers[i + 1].module->as<BasicBlock>();
  return next == nullptr || layers[i + 1].output.size(2) != layers[i].output.size(2);
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

std::vector<LayerRow> LayersOf(const std::filesystem::path& model) {
  return WithTorch([&] {
    Model loaded = LoadModel(model);
    const NetworkSpec& spec = loaded.meta.network;
    const torch::Tensor input =
        torch::zeros({1, spec.channels, spec.input_px.height, spec.input_px.width});
    std::vector<LayerRow> rows;
    for (const RunLayer& layer : Run(loaded.network, input)) {
      LayerRow row{layer.name, KindOf(layer), ShapeText(layer.output), 0};
      if (layer.module) {
        for (const torch::Tensor& weights : layer.module->parameters()) {
          row.parameters += weights.numel();
        }
      }
      rows.push_back(std::move(row));
    }
    return rows;
  });
}

std::vector<LaterLayer> LaterLayersOf(const std::filesystem::path& model, const Image& input) {
  return WithTorch([&] {
    Model loaded = LoadModel(model);
    const std::vector<RunLayer> layers = Run(loaded.network, InputOf(input));
    std::vector<LaterLayer> later;
    for (size_t i = 1; i < layers.size(); ++i) {
      if (EndsAStage(layers, i)) {
        LaterLayer stage{layers[i].name, "the last block of the stage", {}, {}, {}, 0};
        AddResponses(stage, layers[i].output, kShownChannels);
        later.push_back(std::move(stage));
      } else if (layers[i].name == "head.maps") {
        LaterLayer maps{"maps", "softmax over the cells", {}, {}, {}, 0};
        const torch::Tensor looks = LooksAt(layers[i].output);
        AddResponses(maps, looks, looks.size(1));
        later.push_back(std::move(maps));
      } else if (layers[i].name.starts_with("conv")) {
        later.push_back(SmallLayer(layers, i));
      }
    }
    return later;
  });
}

}  // namespace nosetip
