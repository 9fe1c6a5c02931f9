#include "training/onnx/layer_export.h"

#include <array>
#include <span>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/model/networks.h"

namespace nosetip {
namespace {

namespace nn = torch::nn;

using Value = OnnxGraph::Value;

std::span<const float> Floats(const torch::Tensor& tensor) {
  Check(tensor.scalar_type() == torch::kFloat && tensor.is_contiguous(), "weights of floats");
  return {tensor.data_ptr<float>(), static_cast<size_t>(tensor.numel())};
}

torch::Tensor Plain(const torch::Tensor& tensor, torch::ScalarType type = torch::kFloat) {
  return tensor.detach().to(torch::kCPU, type).contiguous();
}

OnnxPair Pair(const torch::ExpandingArray<2>& values) { return {values->at(0), values->at(1)}; }

[[noreturn]] void FailAt(const std::string& name, const nn::Module& layer, const std::string& why) {
  throw Error(
      fmt::format("the layer '{}' ({}) cannot be exported: {}. Build the network from other "
                  "layers, or add this "
                  "one to training/onnx/layer_export.cpp.",
                  name, layer.name(), why));
}

struct Folded {
  torch::Tensor weight;
  torch::Tensor bias;
};

// In double precision, since the statistics of some channels are tiny.
Folded Fold(const nn::Conv2dImpl& conv, const nn::BatchNorm2dImpl* norm, double factor) {
  torch::Tensor weight = factor * Plain(conv.weight, torch::kDouble);
  torch::Tensor bias = conv.bias.defined() ? Plain(conv.bias, torch::kDouble)
                                           : torch::zeros({weight.size(0)}, torch::kDouble);
  if (norm != nullptr) {
    torch::Tensor scale = (Plain(norm->running_var, torch::kDouble) + norm->options.eps()).rsqrt();
    if (norm->weight.defined()) scale = scale * Plain(norm->weight, torch::kDouble);
    weight = weight * scale.reshape({-1, 1, 1, 1});
    bias = (bias - Plain(norm->running_mean, torch::kDouble)) * scale;
    if (norm->bias.defined()) bias = bias + Plain(norm->bias, torch::kDouble);
  }
  return {Plain(weight), Plain(bias)};
}

Value AddConvolution(OnnxGraph& graph, const Value& x, const std::string& name,
                     const nn::Conv2dImpl& conv, const Folded& folded) {
  // Found by the argument's namespace: LibTorch's variant is its own or the standard library's.
  const auto* padding = get_if<torch::ExpandingArray<2>>(&conv.options.padding());
  if (padding == nullptr) FailAt(name, conv, "its padding is a word instead of numbers");
  if (get_if<torch::enumtype::kZeros>(&conv.options.padding_mode()) == nullptr) {
    FailAt(name, conv, "its padding is not zeros");
  }
  OnnxConvolution convolution;
  const auto sizes = folded.weight.sizes();
  convolution.shape = {sizes[0], sizes[1], sizes[2], sizes[3]};
  convolution.weight = Floats(folded.weight);
  convolution.bias = Floats(folded.bias);
  convolution.stride = Pair(conv.options.stride());
  convolution.padding = Pair(*padding);
  convolution.dilation = Pair(conv.options.dilation());
  convolution.groups = conv.options.groups();
  return graph.Convolution(x, convolution);
}

Value AddMaxPool(OnnxGraph& graph, const Value& x, const std::string& name,
                 const nn::MaxPool2dImpl& pool) {
  if (pool.options.ceil_mode() || Pair(pool.options.dilation()) != OnnxPair{1, 1}) {
    FailAt(name, pool, "it has ceil_mode or a dilation");
  }
  return graph.MaxPool(x, {Pair(pool.options.kernel_size()), Pair(pool.options.stride()),
                           Pair(pool.options.padding())});
}

Value AddLinear(OnnxGraph& graph, const Value& x, const nn::LinearImpl& linear) {
  const torch::Tensor weight = Plain(linear.weight);
  const torch::Tensor bias =
      linear.bias.defined() ? Plain(linear.bias) : torch::zeros({weight.size(0)});
  return graph.Linear(x, {{weight.size(0), weight.size(1)}, Floats(weight), Floats(bias)});
}

Value AddUnflatten(OnnxGraph& graph, const Value& x, const nn::UnflattenImpl& unflatten) {
  std::vector<int64_t> shape = unflatten.options.sizes();
  shape.insert(shape.begin(), -1);
  return graph.Reshape(x, shape);
}

Value AddBasicBlock(OnnxGraph& graph, const Value& x, const std::string& name,
                    const BasicBlockImpl& block) {
  const auto convolve = [&](const Value& in, const nn::Conv2d& conv, const nn::BatchNorm2d& norm) {
    return AddConvolution(graph, in, name, *conv, Fold(*conv, norm.get(), 1.0));
  };
  Value y = graph.Relu(convolve(x, block.conv1, block.bn1));
  y = convolve(y, block.conv2, block.bn2);
  return graph.Relu(
      graph.Add(y, block.shortcut.is_empty() ? x : AddSequence(graph, x, *block.shortcut)));
}

// Any layer but a convolution.
Value AddLayer(OnnxGraph& graph, const Value& x, const std::string& name, const nn::Module& layer) {
  if (layer.as<nn::ReLU>() != nullptr) return graph.Relu(x);
  if (layer.as<nn::Dropout>() != nullptr) return x;
  if (const auto* pool = layer.as<nn::MaxPool2d>()) return AddMaxPool(graph, x, name, *pool);
  if (const auto* pool = layer.as<nn::AdaptiveAvgPool2d>()) {
    const auto& size = *pool->options.output_size();
    if (size[0] != 1 || size[1] != 1)
      FailAt(name, layer, "only a mean over all pixels is supported");
    return graph.GlobalAveragePool(x);
  }
  if (const auto* flatten = layer.as<nn::Flatten>()) {
    const bool all = flatten->options.start_dim() == 1 && flatten->options.end_dim() == -1;
    if (!all) FailAt(name, layer, "only flattening all dimensions after the first is supported");
    return graph.Flatten(x);
  }
  if (const auto* linear = layer.as<nn::Linear>()) return AddLinear(graph, x, *linear);
  if (const auto* unflatten = layer.as<nn::Unflatten>()) {
    if (unflatten->options.dim() != 1)
      FailAt(name, layer, "only the second dimension is supported");
    return AddUnflatten(graph, x, *unflatten);
  }
  if (const auto* block = layer.as<BasicBlock>()) return AddBasicBlock(graph, x, name, *block);
  if (layer.as<nn::BatchNorm2d>() != nullptr) FailAt(name, layer, "it does not follow a Conv2d");
  FailAt(name, layer, "this kind of layer is not supported");
}

Value AddOne(OnnxGraph& graph, const Value& x, const nn::Conv2d& convolution) {
  return AddSequence(graph, x, *nn::Sequential(convolution));
}

// The four numbers of each cell and point, [N, 4 * points, rows, columns].
Value AddMaps(OnnxGraph& graph, const Value& features, const ScoreMapHeadImpl& head) {
  const Value f16 = AddSequence(graph, features, *head.stage16);
  const Value f32 = AddSequence(graph, f16, *head.stage32);
  const Value deep = graph.DoubleByRepetition(AddOne(graph, f32, head.lateral32));
  const Value middle = graph.Add(AddOne(graph, f16, head.lateral16), deep);
  const Value neck =
      graph.Add(AddOne(graph, features, head.lateral8), graph.DoubleByRepetition(middle));
  return AddOne(graph, AddSequence(graph, neck, *head.mix), head.maps);
}

}  // namespace

Value AddSequence(OnnxGraph& graph, Value x, const nn::SequentialImpl& layers, double factor) {
  const auto children = layers.named_children();
  const auto at = [&](size_t i) { return i < children.size() ? children[i].value() : nullptr; };
  for (size_t i = 0; i < children.size(); ++i) {
    const std::string& name = children[i].key();
    if (const auto* conv = at(i)->as<nn::Conv2d>()) {
      const auto next = at(i + 1);
      const auto* norm = next != nullptr ? next->as<nn::BatchNorm2d>() : nullptr;
      const Folded folded = Fold(*conv, norm, std::exchange(factor, 1.0));
      x = AddConvolution(graph, x, name, *conv, folded);
      if (norm != nullptr) ++i;
    } else {
      Check(factor == 1.0, "a convolution that takes the factor in");
      x = AddLayer(graph, x, name, *at(i));
    }
  }
  return x;
}

Value AddScoreMapHead(OnnxGraph& graph, const Value& features, const ScoreMapHeadImpl& head,
                      SizePx input_px) {
  const Value maps = AddMaps(graph, features, head);
  const int64_t points = head.maps->options.out_channels() / 4;
  const std::array<int64_t, 2> grid = {input_px.height / 8, input_px.width / 8};
  const int64_t cells = grid[0] * grid[1];
  // One row per picture and point: OpenCV 4.6 multiplies tables only.
  const auto kind = [&](int64_t i) {
    return graph.Reshape(graph.Slice(maps, 1, i * points, (i + 1) * points), {-1, cells});
  };
  const Value weights = graph.SoftmaxOverLast(kind(0), 2);
  // Sums are products with ones, since OpenCV 4.6 reduces for one picture only.
  const std::vector<float> ones(static_cast<size_t>(cells), 1.0F);
  const auto mean = [&](const Value& of_cells) {
    return graph.Times(graph.Multiply(weights, of_cells), {cells, 1}, ones);
  };
  const torch::Tensor places = ScoreMapCells(grid[0], grid[1]).t().contiguous();
  const std::span<const float> all(places.data_ptr<float>(), static_cast<size_t>(2 * cells));
  std::vector<Value> means;
  for (size_t axis = 0; axis < 2; ++axis) {
    const auto length = static_cast<size_t>(cells);
    const Value place = graph.Times(weights, {cells, 1}, all.subspan(axis * length, length));
    const Value offset = mean(kind(static_cast<int64_t>(axis) + 1));
    means.push_back(
        graph.Add(place, graph.Scaled(offset, 1.0F / static_cast<float>(grid[1 - axis]))));
  }
  means.push_back(mean(kind(3)));
  return graph.Reshape(graph.Join(means, 1), {-1, points, 3});
}

}  // namespace nosetip
