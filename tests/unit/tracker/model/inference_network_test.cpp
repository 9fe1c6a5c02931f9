#include "tracker/model/inference_network.h"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tracker/model/cpu_tuning.h"
#include "tracker/model/folded_convolution.h"
#include "tracker/model/networks.h"

namespace nosetip {
namespace {

// Gives batch normalizations something to do: a fresh one hardly changes its input.
void ShuffleNorms(torch::nn::Sequential& network) {
  const torch::NoGradGuard no_grad;
  for (const auto& module : network->modules(/*include_self=*/false)) {
    auto* norm = module->as<torch::nn::BatchNorm2d>();
    if (norm == nullptr) continue;
    norm->weight.uniform_(0.5, 1.5);
    norm->bias.normal_(0.0, 0.2);
    norm->running_mean.normal_(0.0, 0.2);
    norm->running_var.uniform_(0.5, 2.0);
  }
}

const char* NameOf(TensorLayout layout) {
  if (layout == TensorLayout::kOneDnn) return "_onednn";
  return layout == TensorLayout::kPlain ? "_plain" : "_channels_last";
}

struct Case {
  const char* architecture;
  SizePx input_px;
  int points;
};

class InferenceNetworks : public ::testing::TestWithParam<std::tuple<Case, TensorLayout>> {
 protected:
  InferenceNetworks() {
    torch::manual_seed(7);
    network_ = BuildNetwork({case_.architecture, 1, case_.input_px, case_.points});
    ShuffleNorms(network_);
    network_->eval();
  }

  torch::Tensor Pictures(int n) const {
    return torch::rand({n, 1, case_.input_px.height, case_.input_px.width}) - 0.5;
  }

  Case case_ = std::get<0>(GetParam());
  TensorLayout layout_ = std::get<1>(GetParam());
  torch::nn::Sequential network_{nullptr};
};

INSTANTIATE_TEST_SUITE_P(
    All, InferenceNetworks,
    ::testing::Combine(::testing::Values(Case{"resnet18", {96, 64}, 68},
                                         Case{"resnet18_maps", {96, 128}, 68},
                                         Case{"resnet18_half_maps", {64, 96}, 68},
                                         Case{"conv3", {80, 60}, 1}, Case{"conv3_bn", {80, 60}, 1},
                                         Case{"conv5", {160, 120}, 58},
                                         Case{"conv5_bn", {128, 128}, 58}),
                       ::testing::Values(TensorLayout::kPlain, TensorLayout::kChannelsLast,
                                         TensorLayout::kOneDnn)),
    [](const auto& test) {
      return std::string(std::get<0>(test.param).architecture) + NameOf(std::get<1>(test.param));
    });

TEST_P(InferenceNetworks, AnswerAsTheNetworkThatTheyAreMadeFrom) {
  if (layout_ == TensorLayout::kOneDnn && !at::hasMKLDNN()) GTEST_SKIP() << "no oneDNN here";
  const InferenceNetwork prepared(network_, layout_);
  const torch::NoGradGuard no_grad;
  for (const int n : {1, 3}) {
    const torch::Tensor pictures = Pictures(n);
    const torch::Tensor before = pictures.clone();
    const torch::Tensor expected = network_->forward(pictures);
    const torch::Tensor answer = prepared.Forward(pictures);
    ASSERT_EQ(answer.sizes(), expected.sizes());
    EXPECT_GT(expected.std().item<double>(), 1e-3);  // not all the same, which would prove nothing
    EXPECT_LT((answer - expected).abs().max().item<double>(), 1e-4);
    EXPECT_TRUE(pictures.equal(before));
  }
}

// Half precision has more digits than bfloat16, but LibTorch 1.13 has no convolution for it on a
// CPU.
TEST_P(InferenceNetworks, AnswerNearlySoWithFewerDigits) {
  if (layout_ == TensorLayout::kOneDnn && !HasBfloat16Tiles()) {
    GTEST_SKIP() << "this processor has no tiles for bfloat16";
  }
  const InferenceNetwork prepared(network_, TensorForm{layout_, torch::kBFloat16});
  const torch::NoGradGuard no_grad;
  const torch::Tensor pictures = Pictures(2);
  const torch::Tensor expected = network_->forward(pictures);
  const torch::Tensor answer = prepared.Forward(pictures);
  EXPECT_EQ(answer.scalar_type(), torch::kFloat32);
  const torch::Tensor error = (answer - expected).abs() / (0.1 + expected.abs());
  EXPECT_LT(error.max().item<double>(), 0.1);
  EXPECT_GT(error.max().item<double>(), 0.0);
}

TEST_P(InferenceNetworks, GiveUpWhereTheirTimeIsOver) {
  const InferenceNetwork prepared(network_, TensorLayout::kPlain);
  EXPECT_TRUE(prepared.FinishesWithin(1e9, Pictures(1)));
  EXPECT_FALSE(prepared.FinishesWithin(-1.0, Pictures(1)));
}

TEST_P(InferenceNetworks, LeaveTheNetworkAsItIs) {
  const torch::NoGradGuard no_grad;
  const torch::Tensor pictures = Pictures(1);
  const torch::Tensor expected = network_->forward(pictures);
  InferenceNetwork(network_, TensorLayout::kPlain).Forward(pictures);
  EXPECT_TRUE(network_->forward(pictures).equal(expected));
}

TEST(LayoutFor, IsOneDnnsOnlyOnACpu) {
  EXPECT_EQ(LayoutFor(torch::kCUDA), TensorLayout::kChannelsLast);
  EXPECT_EQ(LayoutFor(torch::kCPU) == TensorLayout::kOneDnn, at::hasMKLDNN());
}

TEST(FastestForm, IsHalfPrecisionOnAGpu) {
  EXPECT_EQ(FastestForm(torch::kCUDA, true).type, torch::kHalf);
}

TEST(FastestForm, IsBfloat16WithTilesAnd8BitsWithInstructionsForThem) {
  const TensorForm form = FastestForm(torch::kCPU, true);
  EXPECT_EQ(form.layout, LayoutFor(torch::kCPU));
  if (form.layout != TensorLayout::kOneDnn) {
    EXPECT_EQ(form.type, torch::kFloat32);
  } else if (HasBfloat16Tiles()) {
    EXPECT_EQ(form.type, torch::kBFloat16);
  } else {
    EXPECT_EQ(form.type == torch::kQUInt8, HasInt8Products() && HasQuantizedConvolutions());
  }
}

TEST(FastestForm, IsNot8BitsForAModelThatDoesNotSayItsRanges) {
  EXPECT_NE(FastestForm(torch::kCPU, false).type, torch::kQUInt8);
}

// The system lists what it lets programs use.
TEST(CpuFeatures, AreThoseThatTheSystemLists) {
  std::ifstream file("/proc/cpuinfo");
  if (!file) GTEST_SKIP() << "no /proc/cpuinfo here";
  std::stringstream text;
  text << file.rdbuf();
  const auto lists = [&](const char* word) { return text.str().find(word) != std::string::npos; };
  if (std::getenv("ONEDNN_MAX_CPU_ISA") == nullptr) {
    EXPECT_EQ(HasBfloat16Tiles(), lists(" amx_bf16"));
    EXPECT_EQ(HasInt8Products(), lists(" avx512_vnni") || lists(" avx_vnni"));
  }
}

TEST(CpuFeatures, AreNotUsedWhereOnednnMayNot) {
  if (std::getenv("ONEDNN_MAX_CPU_ISA") != nullptr) GTEST_SKIP() << "the environment limits it";
  setenv("ONEDNN_MAX_CPU_ISA", "AVX2", 1);
  EXPECT_FALSE(HasBfloat16Tiles());
  EXPECT_FALSE(HasInt8Products());
  setenv("ONEDNN_MAX_CPU_ISA", "AVX512_CORE_VNNI", 1);
  EXPECT_FALSE(HasBfloat16Tiles());
  setenv("ONEDNN_MAX_CPU_ISA", "ALL", 1);
  const bool has_all = HasInt8Products();
  unsetenv("ONEDNN_MAX_CPU_ISA");
  EXPECT_EQ(HasInt8Products(), has_all);
}

}  // namespace
}  // namespace nosetip
