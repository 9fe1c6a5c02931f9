#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/training/onnx/random_networks.h"
#include "tracker/core/environment.h"
#include "tracker/core/error.h"
#include "tracker/model/score_map_head.h"
#include "training/onnx/export_model.h"

namespace nosetip {
namespace {

namespace nn = torch::nn;
using ::testing::HasSubstr;

// The largest distance along x or y, in pixels of the crop, between what LibTorch and OpenCV make
// of the same pictures. OpenCV's answer must have the same shape.
double DistancePx(Model& model, cv::dnn::Net& net, int pictures) {
  const c10::InferenceMode inference;
  const SizePx size = model.meta.network.input_px;
  const torch::Tensor input = torch::rand({pictures, 1, size.height, size.width}) - 0.5;
  const torch::Tensor expected = model.network->forward(input).narrow(2, 0, 2);
  net.setInput(MatOf(input), "image");
  const torch::Tensor points = TensorOf(net.forward("points"));
  if (points.sizes() != expected.sizes()) return 1e9;
  return size.width * (points - expected).abs().max().item<double>();
}

Model ModelOf(const nn::Sequential& layers) {
  Model model;
  model.meta.network = {"plain", 1, SizePx::Square(32), 3};
  model.network = layers;
  RandomizeStatistics(model.network);
  return model;
}

std::string ErrorOf(const nn::Sequential& layers) {
  try {
    ExportNetwork(ModelOf(layers));
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(ExportLandmarks, ResNet18AnswersInOpenCvAsInLibTorchForAnyNumberOfPictures) {
  Model model = RandomModel({"resnet18", 1, SizePx::Square(64), 68});
  cv::dnn::Net net = ReadInOpenCv(ExportNetwork(model));
  for (const int pictures : {1, 3, 2}) EXPECT_LT(DistancePx(model, net, pictures), 0.01);
}

TEST(ExportLandmarks, SmallNetworksAnswerInOpenCvAsInLibTorch) {
  for (const NetworkSpec& spec :
       std::vector<NetworkSpec>{{"conv3", 1, {80, 60}, 1}, {"conv5_bn", 1, {160, 120}, 58}}) {
    Model model = RandomModel(spec);
    cv::dnn::Net net = ReadInOpenCv(ExportNetwork(model));
    for (const int pictures : {1, 3}) EXPECT_LT(DistancePx(model, net, pictures), 0.01);
  }
}

TEST(ExportLandmarks, ScoreMapsAnswerInOpenCvAsInLibTorch) {
  Model model = RandomModel({"resnet18_maps", 1, {64, 96}, 68});
  const torch::NoGradGuard no_grad;
  for (const auto& module : model.network->modules(false)) {
    if (auto* head = module->as<ScoreMapHead>()) head->maps->weight.normal_(0.0, 0.05);
  }
  cv::dnn::Net net = ReadInOpenCv(ExportNetwork(model));
  for (const int pictures : {1, 3}) EXPECT_LT(DistancePx(model, net, pictures), 0.01);
  const torch::Tensor input = torch::rand({2, 1, 96, 64}) - 0.5;
  const torch::Tensor expected = model.network->forward(input).narrow(2, 2, 1).exp();
  net.setInput(MatOf(input), "image");
  const torch::Tensor errors = TensorOf(net.forward("expected_errors"));
  ASSERT_EQ(errors.sizes(), expected.sizes());
  EXPECT_LT((errors / expected - 1.0).abs().max().item<double>(), 1e-3);
}

TEST(ExportLandmarks, TheShippedModelAnswersInOpenCvAsInLibTorch) {
  Model model = LoadModel(AssetPath("models/face68.safetensors"));
  cv::dnn::Net net = ReadInOpenCv(ExportNetwork(model));
  torch::manual_seed(1);
  EXPECT_LT(DistancePx(model, net, 1), 0.01);
}

TEST(ExportLandmarks, PlainNetworksAnswerInOpenCvAsInLibTorch) {
  torch::manual_seed(2);
  Model model = ModelOf(nn::Sequential(
      nn::Conv2d(nn::Conv2dOptions(1, 6, 5).stride({2, 1}).padding({2, 1})), nn::ReLU(),
      nn::Conv2d(nn::Conv2dOptions(6, 12, 3).groups(3).dilation(2)), nn::BatchNorm2d(12),
      nn::ReLU(), nn::MaxPool2d(2), nn::Flatten(), nn::Linear(12 * 6 * 13, 20), nn::ReLU(),
      nn::Dropout(0.3), nn::Linear(nn::LinearOptions(20, 6).bias(false)),
      nn::Unflatten(nn::UnflattenOptions(1, {3, 2}))));
  cv::dnn::Net net = ReadInOpenCv(ExportNetwork(model));
  EXPECT_LT(DistancePx(model, net, 1), 0.01);
  EXPECT_LT(DistancePx(model, net, 4), 0.01);
}

TEST(ExportLandmarks, NamesALayerThatItDoesNotKnow) {
  nn::Sequential layers;
  layers->push_back("conv", nn::Conv2d(1, 2, 3));
  layers->push_back("squash", nn::Tanh());
  EXPECT_THAT(ErrorOf(layers), HasSubstr("the layer 'squash' (torch::nn::TanhImpl)"));
}

TEST(ExportLandmarks, RefusesABatchNormWithoutItsConvolution) {
  nn::Sequential layers;
  layers->push_back("conv", nn::Conv2d(1, 2, 3));
  layers->push_back("relu", nn::ReLU());
  layers->push_back("bn", nn::BatchNorm2d(2));
  EXPECT_THAT(ErrorOf(layers), HasSubstr("'bn' (torch::nn::BatchNorm2dImpl) cannot be exported: it "
                                         "does not follow a Conv2d"));
}

TEST(ExportLandmarks, RefusesSettingsThatItDoesNotKnow) {
  const nn::Conv2dOptions conv(1, 2, 3);
  const std::vector<nn::Sequential> unknown = {
      nn::Sequential(nn::Conv2d(nn::Conv2dOptions(conv).padding_mode(torch::kReflect).padding(1))),
      nn::Sequential(nn::Conv2d(nn::Conv2dOptions(conv).padding(torch::kSame))),
      nn::Sequential(nn::MaxPool2d(nn::MaxPool2dOptions(3).ceil_mode(true))),
      nn::Sequential(nn::AdaptiveAvgPool2d(2)),
      nn::Sequential(nn::Flatten(nn::FlattenOptions().start_dim(2)))};
  for (const nn::Sequential& layers : unknown) {
    EXPECT_THAT(ErrorOf(layers), HasSubstr("the layer '0' (torch::nn::"));
  }
}

}  // namespace
}  // namespace nosetip
