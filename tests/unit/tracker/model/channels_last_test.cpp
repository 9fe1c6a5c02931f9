#include "tracker/model/channels_last.h"

#include <gtest/gtest.h>

namespace nosetip {
namespace {

namespace nn = torch::nn;

const TensorForm kForm{TensorLayout::kChannelsLast, torch::kFloat32};

double MostApart(const torch::Tensor& a, const torch::Tensor& b) {
  return (a - b).abs().max().item<double>();
}

TEST(StemConvolution, IsTheConvolutionAndReLU) {
  torch::manual_seed(3);
  const c10::InferenceMode inference;
  nn::Conv2d convolution(nn::Conv2dOptions(1, 16, 5).stride(2).padding(2).bias(false));
  nn::BatchNorm2d norm(16);
  norm->running_mean.normal_(0.0, 0.3);
  norm->running_var.uniform_(0.5, 2.0);
  norm->bias.normal_(0.0, 0.3);
  norm->eval();
  ASSERT_TRUE(StemConvolution::Fits(*convolution));
  const StemConvolution stem(*convolution, norm.get(), kForm);
  for (const int n : {1, 3}) {
    const torch::Tensor pictures = torch::rand({n, 1, 32, 64}) - 0.5;
    const torch::Tensor wanted = torch::relu(norm(convolution(pictures)));
    const torch::Tensor answer = stem.Relu(pictures);
    ASSERT_EQ(answer.sizes(), wanted.sizes());
    EXPECT_LT(MostApart(answer, wanted), 1e-5);
  }
}

TEST(StemConvolution, FitsNoOther) {
  const auto fits = [](const nn::Conv2dOptions& options) {
    return StemConvolution::Fits(*nn::Conv2d(options));
  };
  EXPECT_FALSE(fits(nn::Conv2dOptions(3, 8, 5).stride(2).padding(2)));
  EXPECT_FALSE(fits(nn::Conv2dOptions(1, 8, 3).stride(2).padding(2)));
  EXPECT_FALSE(fits(nn::Conv2dOptions(1, 8, 5).stride(1).padding(2)));
  EXPECT_FALSE(fits(nn::Conv2dOptions(1, 8, 5).stride(2).padding(1)));
  EXPECT_FALSE(fits(nn::Conv2dOptions(1, 8, 5).stride(2).padding(2).dilation(2)));
}

TEST(AddRepeated, AddsToAllPixelsThatACoarseOneCovers) {
  const torch::Tensor before =
      torch::rand({2, 3, 8, 12}).contiguous(at::MemoryFormat::ChannelsLast);
  const torch::Tensor coarse = torch::rand({2, 3, 2, 3});
  torch::Tensor fine = before.clone();
  AddRepeated(fine, coarse);
  EXPECT_LT(MostApart(fine, before + torch::upsample_nearest2d(coarse, {8, 12})), 1e-6);
  EXPECT_THROW(AddRepeated(fine, torch::rand({2, 3, 2, 5})), std::logic_error);
}

class ScoreMapTails : public ::testing::Test {
 protected:
  ScoreMapTails() {
    torch::manual_seed(5);
    convolution_->bias.normal_(0.0, 1.0);
    wanted_ = PointsFromScoreMaps(convolution_(x_));
  }

  const c10::InferenceMode inference_;
  nn::Conv2d convolution_{nn::Conv2dOptions(16, 4 * 7, 1)};
  torch::Tensor x_ = torch::rand({3, 16, 4, 8}).contiguous(at::MemoryFormat::ChannelsLast);
  ScoreMapGrid grid_ = MakeScoreMapGrid(4, 8, torch::kCPU);
  torch::Tensor wanted_;
};

TEST_F(ScoreMapTails, GiveThePointsOfTheMaps) {
  const torch::Tensor answer = ScoreMapTail(*convolution_, torch::kFloat32)(x_, grid_);
  ASSERT_EQ(answer.sizes(), wanted_.sizes());
  EXPECT_LT(MostApart(answer, wanted_), 1e-5);
}

TEST_F(ScoreMapTails, AddUpInFloat32WhateverTheMapsAre) {
  const ScoreMapTail tail(*convolution_, torch::kBFloat16);
  const torch::Tensor answer = tail(x_.to(torch::kBFloat16), grid_);
  EXPECT_EQ(answer.scalar_type(), torch::kFloat32);
  EXPECT_LT(MostApart(answer, wanted_), 0.02);
}

}  // namespace
}  // namespace nosetip
