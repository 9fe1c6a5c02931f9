#include "tracker/model/batch_runner.h"

#include <memory>
#include <random>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tracker/core/crop.h"
#include "tracker/model/cuda_graph.h"
#include "tracker/model/networks.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

constexpr SizePx kInputPx{32, 24};

Image Noise(int width, int height) {
  std::mt19937 random(5);
  Image picture(width, height);
  for (uint8_t& value : picture.rgb) value = static_cast<uint8_t>(random());
  return picture;
}

// Faces of 3 to 500 px within, across and beyond the border.
std::vector<Affine2> SomeCrops(const Image& picture, size_t n, float largest_px = 500.0F) {
  std::mt19937 random(static_cast<unsigned>(n));
  std::uniform_real_distribution<float> unit(-0.2F, 1.2F);
  std::uniform_real_distribution<float> size(0.0F, 1.0F);
  std::vector<Affine2> crops;
  for (size_t i = 0; i < n; ++i) {
    const float side = 3.0F + (largest_px - 3.0F) * size(random) * size(random);
    const Point2f center{unit(random) * static_cast<float>(picture.width_px),
                         unit(random) * static_cast<float>(picture.height_px)};
    const RectF box{center.x - side / 2, center.y - side / 2, side, 0.9F * side};
    crops.push_back(CropFromFrame(box, 1.3F, kInputPx));
  }
  return crops;
}

// A "network" that answers with its input, so that an answer is the crop.
BatchSetup CropsThemselves() {
  BatchSetup setup;
  setup.input_px = kInputPx;
  setup.network = [](const torch::Tensor& crops) { return crops.reshape({crops.size(0), -1, 2}); };
  return setup;
}

torch::Tensor CutOnTheCpu(const Image& picture, std::span<const Affine2> crops, SizePx size_px) {
  const auto n = static_cast<int64_t>(crops.size());
  const torch::Tensor cut = torch::empty({n, 1, size_px.height, size_px.width});
  for (size_t i = 0; i < crops.size(); ++i) {
    CutGrayCrop(picture, crops[i], size_px,
                {cut.data_ptr<float>() + i * size_px.Area(), size_px.Area()});
  }
  return cut;
}

void ExpectTheCrops(BatchRunner& runner, const Image& picture, std::span<const Affine2> crops) {
  const torch::Tensor answer = runner.Run(picture, crops);
  const torch::Tensor expected = CutOnTheCpu(picture, crops, kInputPx);
  ASSERT_EQ(answer.numel(), expected.numel());
  EXPECT_LT((answer.view(expected.sizes()) - expected).abs().max().item<double>(), 1e-5)
      << crops.size() << " crops";
}

TEST(BatchRunner, CutsTheCropsThatTheCpuCuts) {
  const Image picture = Noise(320, 200);
  BatchRunner runner(CropsThemselves());
  for (const size_t n : {1, 2, 3, 16, 40}) ExpectTheCrops(runner, picture, SomeCrops(picture, n));
  for (const Affine2& crop : SomeCrops(picture, 30)) ExpectTheCrops(runner, picture, {&crop, 1});
}

TEST(BatchRunner, CutsSmallFacesSixteenAtOnce) {
  const Image picture = Noise(640, 480);
  BatchRunner runner(CropsThemselves());
  ExpectTheCrops(runner, picture, SomeCrops(picture, 16, 60.0F));
}

TEST(BatchRunner, TakesPicturesOfAnySizeOneAfterTheOther) {
  BatchRunner runner(CropsThemselves());
  for (const auto& [width, height] : {std::pair{1, 1}, {40, 300}, {1500, 1100}, {64, 48}}) {
    const Image picture = Noise(width, height);
    const std::vector<Affine2> crops(4, CropFromFrame(WholePicture(picture), 1.2F, kInputPx));
    ExpectTheCrops(runner, picture, crops);
  }
}

TEST(BatchRunner, AnswersAsTheNetworkOfItsCrops) {
  torch::manual_seed(7);
  torch::nn::Sequential layers = BuildNetwork({"resnet18_half_maps", 1, {64, 64}, 68});
  layers->eval();
  const InferenceNetwork network(layers, LayoutFor(torch::kCPU));
  const auto runner = MakeGpuRunner(torch::kCPU, {64, 64}, network);
  const Image picture = Noise(200, 150);
  std::vector<Affine2> crops;
  for (const float x : {10.0F, 60.0F, 120.0F}) {
    crops.push_back(CropFromFrame({x, x / 3, 60, 70}, 1.3F, SizePx{64, 64}));
  }
  const torch::Tensor expected = network.Forward(CutOnTheCpu(picture, crops, {64, 64}));
  const torch::Tensor answer = runner->Run(picture, crops);
  ASSERT_EQ(answer.sizes(), expected.sizes());
  EXPECT_LT((answer - expected).abs().max().item<double>(), 1e-4);
}

TEST(BatchRunner, RecordsAllAtTheStartAndAnewForALargerPicture) {
  const auto recordings = std::make_shared<int>(0);
  const auto repeats = std::make_shared<int>(0);
  BatchSetup setup = CropsThemselves();
  setup.record = [=](const std::function<void()>& work) -> std::function<void()> {
    ++*recordings;
    return [=] {
      ++*repeats;
      work();
    };
  };
  BatchRunner runner(std::move(setup));
  EXPECT_TRUE(runner.is_recorded());
  const int at_the_start = *recordings;
  EXPECT_EQ(at_the_start, 4 * 6);  // samples 1 to 8, faces 1 to 32
  const Image picture = Noise(320, 200);
  for (const size_t n : {1, 5, 16, 32}) ExpectTheCrops(runner, picture, SomeCrops(picture, n));
  EXPECT_EQ(*recordings, at_the_start);
  EXPECT_EQ(*repeats, 4);
  const Image large = Noise(1500, 1100);
  const Affine2 whole = CropFromFrame(WholePicture(large), 1.0F, kInputPx);
  for (int i = 0; i < 2; ++i) ExpectTheCrops(runner, large, {&whole, 1});
  EXPECT_EQ(*recordings, at_the_start + 1);
  EXPECT_EQ(*repeats, 6);
}

TEST(BatchRunner, DoesWithoutARecordingThatFails) {
  BatchSetup setup = CropsThemselves();
  const auto recordings = std::make_shared<int>(0);
  setup.record = [=](const std::function<void()>&) -> std::function<void()> {
    if (++*recordings < 3) return [] {};
    throw std::runtime_error("no room\nand a stack trace");
  };
  BatchRunner runner(std::move(setup));
  EXPECT_FALSE(runner.is_recorded());
  EXPECT_EQ(runner.recording_failure(), "no room");
  EXPECT_EQ(HowItRuns(runner, torch::kHalf),
            "LibTorch on the GPU, half precision, no CUDA graphs (no room)");
  const Image picture = Noise(320, 200);
  ExpectTheCrops(runner, picture, SomeCrops(picture, 2));
}

TEST(BatchRunner, RefusesWhatItCannotCut) {
  BatchRunner runner(CropsThemselves());
  const std::vector<Affine2> crops = {Affine2{}};
  EXPECT_THROW(runner.Run(Image(), crops), std::logic_error);
  EXPECT_THROW(runner.Run(Noise(8, 8), {}), std::logic_error);
}

TEST(BatchRunner, PassesOnWhatTheDeviceFailsWith) {
  BatchSetup setup = CropsThemselves();
  setup.network = [](const torch::Tensor&) -> torch::Tensor { throw std::runtime_error("broken"); };
  EXPECT_THROW(BatchRunner(std::move(setup)), std::runtime_error);
}

TEST(HowItRuns, SaysWhyThereAreNoGraphs) {
  const BatchRunner runner(CropsThemselves());
  EXPECT_THAT(HowItRuns(runner, torch::kHalf), HasSubstr("no CUDA graphs (" + WhyNoCudaGraphs()));
}

}  // namespace
}  // namespace nosetip
