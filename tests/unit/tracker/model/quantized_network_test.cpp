#include "tracker/model/quantized_network.h"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tracker/core/environment.h"
#include "tracker/model/checkpoint.h"
#include "tracker/model/cpu_tuning.h"
#include "tracker/model/folded_convolution.h"
#include "tracker/model/inference_network.h"
#include "tracker/model/networks.h"

namespace nosetip {
namespace {

// Before oneDNN starts: with AMX's tiles for 8 bits, of which Nosetip makes no use, oneDNN 2.6
// writes beyond its memory.
const int kWithoutTiles = setenv("ONEDNN_MAX_CPU_ISA", "AVX512_CORE_VNNI", /*overwrite=*/0);

class QuantizedNetworks : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    ASSERT_EQ(kWithoutTiles, 0);
    if (!HasQuantizedConvolutions()) GTEST_SKIP() << "no 8-bit convolutions here";
    torch::manual_seed(7);
    network_ = BuildNetwork({GetParam(), 1, {96, 128}, 68});
    network_->eval();
    pictures_ = torch::rand({3, 1, 128, 96}) - 0.5;
  }

  torch::nn::Sequential network_{nullptr};
  torch::Tensor pictures_;
};

INSTANTIATE_TEST_SUITE_P(All, QuantizedNetworks,
                         ::testing::Values("resnet18_maps", "resnet18_half_maps"),
                         [](const auto& test) { return std::string(test.param); });

TEST_P(QuantizedNetworks, AnswerForAPictureWhateverIsBesideIt) {
  const auto ranges = MeasureActivationRanges(network_, pictures_);
  const auto forward = QuantizedForward(network_, ranges);
  const torch::NoGradGuard no_grad;
  const torch::Tensor all = forward(pictures_);
  for (int64_t i = 0; i < 3; ++i) {
    EXPECT_TRUE(forward(pictures_.narrow(0, i, 1)).equal(all.narrow(0, i, 1)));
  }
}

TEST_P(QuantizedNetworks, AnswerTheSameToSeveralThreads) {
  const auto ranges = MeasureActivationRanges(network_, pictures_);
  const auto forward = QuantizedForward(network_, ranges);
  const torch::Tensor expected = forward(pictures_);
  std::vector<int> differences(4);
  {
    std::vector<std::jthread> threads;
    for (int& different : differences) {
      threads.emplace_back([&] {
        const torch::NoGradGuard no_grad;
        for (int i = 0; i < 20; ++i) different += forward(pictures_).equal(expected) ? 0 : 1;
      });
    }
  }
  EXPECT_EQ(differences, std::vector<int>(4, 0));
}

TEST_P(QuantizedNetworks, AnswerTheSameOnAnotherNumberOfThreads) {
  const torch::NoGradGuard no_grad;
  const torch::Tensor small = pictures_.slice(2, 0, 32).slice(3, 0, 32).slice(0, 0, 1).contiguous();
  const auto forward = QuantizedForward(network_, MeasureActivationRanges(network_, small));
  const int before = at::get_num_threads();
  at::set_num_threads(1);
  const torch::Tensor expected = forward(small);
  at::set_num_threads(2);
  EXPECT_TRUE(forward(small).equal(expected));
  at::set_num_threads(before);
}

TEST_P(QuantizedNetworks, WantARangeForEachActivation) {
  auto ranges = MeasureActivationRanges(network_, pictures_);
  ASSERT_EQ(ranges.size(), kScoreMapRanges);
  ranges.pop_back();
  EXPECT_THROW(QuantizedForward(network_, ranges), std::logic_error);
  ranges.resize(kScoreMapRanges + 1);
  EXPECT_THROW(QuantizedForward(network_, ranges), std::logic_error);
}

TEST_P(QuantizedNetworks, RunAsAnInferenceNetwork) {
  const auto ranges = MeasureActivationRanges(network_, pictures_);
  const InferenceNetwork prepared(network_, {LayoutFor(torch::kCPU), torch::kQUInt8}, ranges);
  EXPECT_TRUE(prepared.Forward(pictures_).equal(QuantizedForward(network_, ranges)(pictures_)));
}

// Of random weights each layer makes the errors of the one before larger, of trained ones not.
TEST(QuantizedForward, AnswersNearlyAsATrainedNetwork) {
  if (!HasQuantizedConvolutions()) GTEST_SKIP() << "no 8-bit convolutions here";
  torch::manual_seed(7);
  Model model = LoadModel(AssetPath("models/face68-fast.safetensors"));
  const int width_px = model.meta.network.input_px.width;
  const torch::NoGradGuard no_grad;
  const torch::Tensor pictures =
      torch::upsample_bicubic2d(torch::rand({4, 1, 7, 7}) - 0.5, {width_px, width_px}, false);
  const torch::Tensor expected = model.network->forward(pictures);
  const auto ranges = MeasureActivationRanges(model.network, pictures);
  const torch::Tensor answer = QuantizedForward(model.network, ranges)(pictures);
  ASSERT_EQ(answer.sizes(), expected.sizes());
  const torch::Tensor off_px = width_px * (answer - expected).narrow(2, 0, 2).abs();
  EXPECT_GT(off_px.max().item<double>(), 0.0);
  EXPECT_LT(off_px.max().item<double>(), 2.0);
  EXPECT_LT(off_px.mean().item<double>(), 0.3);
}

TEST(QuantizedConvolution, AnswersAsAConvolutionWithNormalizationAndRelu) {
  if (!HasQuantizedConvolutions()) GTEST_SKIP() << "no 8-bit convolutions here";
  if (!HasInt8Products()) GTEST_SKIP() << "sums of 8-bit products saturate on this processor";
  torch::manual_seed(7);
  const torch::NoGradGuard no_grad;
  torch::nn::Conv2d convolution(torch::nn::Conv2dOptions(32, 64, 3).stride(2).padding(1));
  torch::nn::BatchNorm2d norm(64);
  norm->running_mean.normal_(0.0, 0.2);
  norm->running_var.uniform_(0.5, 2.0);
  norm->eval();
  const torch::Tensor x = torch::rand({1, 32, 20, 14}) - 0.3;
  const Quantization input({-0.3F, 0.7F});
  for (const bool relu : {false, true}) {
    torch::Tensor expected = norm(convolution(x));
    if (relu) expected = torch::relu(expected);
    const ActivationRange range{expected.min().item<float>(), expected.max().item<float>()};
    const QuantizedConvolution quantized(*convolution, norm.get(), range, relu);
    const torch::Tensor answer = quantized(Quantize(x, input)).dequantize();
    ASSERT_EQ(answer.sizes(), expected.sizes());
    EXPECT_LT((answer - expected).abs().max().item<double>(), 0.02 * (range.high - range.low));
  }
}

TEST(MeasureActivationRanges, LeavesOutNetworksWithoutScoreMaps) {
  torch::nn::Sequential network = BuildNetwork({"conv3", 1, {64, 64}, 1});
  EXPECT_TRUE(MeasureActivationRanges(network, torch::zeros({1, 1, 64, 64})).empty());
}

TEST(Widen, HoldsBoth) {
  std::vector<ActivationRange> ranges;
  Widen(ranges, {{-1.0F, 2.0F}, {0.0F, 1.0F}});
  Widen(ranges, {{-3.0F, 1.0F}, {0.5F, 4.0F}});
  EXPECT_EQ(ranges.at(0).low, -3.0F);
  EXPECT_EQ(ranges.at(0).high, 2.0F);
  EXPECT_EQ(ranges.at(1).low, 0.0F);
  EXPECT_EQ(ranges.at(1).high, 4.0F);
  EXPECT_THROW(Widen(ranges, {{0.0F, 1.0F}}), std::logic_error);
}

TEST(QuantizationTest, HasAnExactZeroAndHoldsItsRange) {
  for (const ActivationRange range : {ActivationRange{-1.0F, 3.0F}, {0.5F, 3.0F}, {-2.0F, -1.0F}}) {
    const Quantization quantization(range);
    const torch::Tensor numbers = torch::tensor({0.0F, range.low, range.high}).view({1, 1, 1, 3});
    const torch::Tensor back = Quantize(numbers, quantization).dequantize();
    EXPECT_EQ(back[0][0][0][0].item<float>(), 0.0F);
    EXPECT_LE((back - numbers).abs().max().item<double>(), quantization.scale);
  }
}

}  // namespace
}  // namespace nosetip
