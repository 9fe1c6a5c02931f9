#include "training/onnx/score_map_export.h"

#include <array>
#include <span>

#include "training/onnx/layer_export.h"

namespace nosetip {
namespace {

namespace nn = torch::nn;
using Value = OnnxGraph::Value;

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

Value AddScoreMapHead(OnnxGraph& graph, const Value& features, const ScoreMapHeadImpl& head,
                      SizePx input_px) {
  const Value maps = AddMaps(graph, features, head);
  const int64_t points = head.maps->options.out_channels() / 4;
  const std::array<int64_t, 2> grid = {input_px.height / 8, input_px.width / 8};
  const int64_t cells = grid[0] * grid[1];
  // One row a picture and point: OpenCV 4.6 multiplies tables only.
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
