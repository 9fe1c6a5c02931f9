#include "training/onnx/export_model.h"

#include <cmath>
#include <system_error>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/core/json_text.h"
#include "tracker/model/checkpoint.h"
#include "tracker/model/detector_network.h"
#include "tracker/model/score_map_head.h"
#include "tracker/output/number_text.h"
#include "tracker/output/text_output.h"
#include "training/onnx/layer_export.h"
#include "training/onnx/onnx_graph.h"

namespace nosetip {
namespace {

using Value = OnnxGraph::Value;

void AddCommonMetadata(OnnxGraph& graph, const ModelMeta& meta) {
  graph.AddMetadata("architecture", meta.network.architecture);
  graph.AddMetadata("normalisation", Normalization(meta.network));
  graph.AddMetadata("about", JsonText(meta.about));
}

// [N, points, 2], or [N, points, 3] where the network's last layer is `head`.
Value AddLandmarkLayers(OnnxGraph& graph, const Value& image, const Model& model) {
  const auto last = model.network->children().back();
  const auto* head = last->as<ScoreMapHead>();
  if (head == nullptr) return AddSequence(graph, image, *model.network);
  torch::nn::Sequential before;
  size_t i = 0;
  for (const auto& child : model.network->named_children()) {
    const torch::nn::AnyModule layer = *(model.network->begin() + static_cast<long>(i++));
    if (child.value() != last) before->push_back(child.key(), layer);
  }
  return AddScoreMapHead(graph, AddSequence(graph, image, *before), *head,
                         model.meta.network.input_px);
}

OnnxGraph ExportLandmarks(const Model& model) {
  const NetworkSpec& network = model.meta.network;
  OnnxGraph graph(network.architecture);
  const Value image = graph.AddInput(
      "image", {"faces", network.channels, network.input_px.height, network.input_px.width});
  const Value answer = AddLandmarkLayers(graph, image, model);
  if (HasScoreMaps(network.architecture)) {
    graph.AddOutput("points", graph.Slice(answer, 2, 0, 2), {"faces", network.points, 2});
    graph.AddOutput("expected_errors", graph.Exp(graph.Slice(answer, 2, 2, 3)),
                    {"faces", network.points, 1});
  } else {
    graph.AddOutput("points", answer, {"faces", network.points, 2});
  }
  AddCommonMetadata(graph, model.meta);
  graph.AddMetadata("schema", model.meta.schema);
  graph.AddMetadata("view", std::string(NameOf(model.meta.view)));
  graph.AddMetadata("crop_margin", FixedText(model.meta.crop_margin, 3));
  return graph;
}

// YuNet's four outputs per scale, as parts of ours.
struct YuNetOutput {
  const char* name;
  int first;
  int count;
  bool is_logit;
};
constexpr std::array<YuNetOutput, 4> kYuNetOutputs = {{{"cls", kDetectorCls, 1, true},
                                                       {"obj", kDetectorObj, 1, true},
                                                       {"bbox", kDetectorBox, 4, false},
                                                       {"kps", kDetectorPoints, 10, false}}};

// For each scale the grid of all outputs, [1, 16, rows, columns].
std::array<Value, 3> AddGrids(OnnxGraph& graph, const Value& input,
                              const DetectorNetworkImpl& detector) {
  std::array<Value, 3> features;
  features[0] = AddSequence(graph, input, *detector.stage[0], 1.0 / 255.0);
  for (size_t i = 1; i < features.size(); ++i) {
    features[i] = AddSequence(graph, features[i - 1], *detector.stage[i]);
  }
  std::array<Value, 3> grids;
  Value neck;
  for (size_t i = grids.size(); i-- > 0;) {
    const Value lateral = AddSequence(graph, features[i], *detector.lateral[i]);
    neck = neck.empty() ? lateral : graph.Add(lateral, graph.DoubleByRepetition(neck));
    grids[i] = AddSequence(graph, neck, *detector.head[i]);
  }
  return grids;
}

OnnxGraph ExportDetector(const Model& model) {
  const auto network = (*model.network).named_children()[0].value();
  const auto* detector = network->as<DetectorNetwork>();
  Check(detector != nullptr, "a detector's network");
  OnnxGraph graph(model.meta.network.architecture);
  const Value input = graph.AddInput("input", {1, 3, "height", "width"});
  const std::array<Value, 3> grids = AddGrids(graph, input, *detector);
  // One row per cell, cut by outputs: as fast in OpenCV as cutting the grids, with fewer nodes.
  std::array<Value, 3> rows;
  for (size_t i = 0; i < rows.size(); ++i) {
    rows[i] = graph.Reshape(graph.Transpose(grids[i], {0, 2, 3, 1}), {1, -1, kDetectorOutputs});
  }
  for (const YuNetOutput& output : kYuNetOutputs) {
    for (size_t i = 0; i < rows.size(); ++i) {
      const int stride = kDetectorStridesPx[i];
      Value value = graph.Slice(rows[i], 2, output.first, output.first + output.count);
      if (output.is_logit) value = graph.Sigmoid(value);
      graph.AddOutput(fmt::format("{}_{}", output.name, stride), value,
                      {1, fmt::format("cells_{}", stride), output.count});
    }
  }
  AddCommonMetadata(graph, model.meta);
  return graph;
}

double Logit(double probability) { return std::log(probability / (1.0 - probability)); }

void MoveScore(const Model& model, double face_score) {
  if (model.meta.network.architecture != kFaceDetectorArchitecture) {
    throw Error("is not a face detector; leave --face-score out");
  }
  const torch::NoGradGuard no_grad;
  const double shift = Logit(kDefaultFaceScore) - Logit(face_score);
  const auto network = (*model.network).named_children()[0].value();
  for (auto& head : network->as<DetectorNetwork>()->head) {
    torch::Tensor bias = head->ptr(head->size() - 1)->as<torch::nn::Conv2d>()->bias;
    bias[kDetectorCls] += shift;
    bias[kDetectorObj] += shift;
  }
}

}  // namespace

OnnxGraph ExportNetwork(const Model& model) {
  return model.meta.network.architecture == kFaceDetectorArchitecture ? ExportDetector(model)
                                                                      : ExportLandmarks(model);
}

void ExportModel(const std::filesystem::path& model, const std::filesystem::path& onnx,
                 std::optional<double> face_score) {
  const Model loaded = LoadModel(model);
  std::error_code ignored;
  if (std::filesystem::equivalent(model, onnx, ignored)) {
    throw Error(onnx.string() + " is the model itself; give the ONNX file another name");
  }
  std::string bytes;
  try {
    if (face_score) MoveScore(loaded, *face_score);
    bytes = ExportNetwork(loaded).Bytes();
  } catch (const Error& error) {
    throw Error(fmt::format("{}: {}", model.string(), error.what()));
  }
  SaveText(onnx, bytes);
}

}  // namespace nosetip
