#include "training/onnx/export_model_more.h"

#include <cmath>
#include <system_error>

#include "tracker/core/error.h"
#include "tracker/model/detector_network.h"
#include "training/onnx/export_model.h"
#include "tracker/output/save_text.h"

namespace nosetip {

namespace {

double Logit(double probability) { return std::log(probability / (1.0 - probability)); }

void MoveScore(const Model& model, double face_score) {
  if (model.meta.network.architecture != kFaceDetectorArchitecture) {
    throw Error("is no face detector, so that --face-score means nothing; leave it away");
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

void ExportModel(const std::filesystem::path& model, const std::filesystem::path& onnx,
                 std::optional<double> face_score) {
  const Model loaded = LoadModel(model);
  std::error_code ignored;
  if (std::filesystem::equivalent(model, onnx, ignored)) {
    throw Error(onnx.string() + " is the model itself; give the ONNX file another name.");
  }
  std::string bytes;
  try {
    if (face_score) MoveScore(loaded, *face_score);
    bytes = ExportNetwork(loaded).Bytes();
  } catch (const Error& error) {
    throw Error(model.string() + ": " + error.what());
  }
  SaveText(onnx, bytes);
}

}  // namespace nosetip
