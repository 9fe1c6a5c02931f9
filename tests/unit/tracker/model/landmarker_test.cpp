#include "tracker/model/landmarker.h"

#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"
#include "tracker/core/error.h"
#include "tracker/model/checkpoint.h"

namespace nosetip {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// A model file whose network answers with the same points, in units of the crop, for any picture.
void SaveConstantModel(const std::filesystem::path& path, const torch::Tensor& units) {
  Model model;
  model.meta.network.input_px = SizePx::Square(64);
  model.meta.crop_margin = 1.5F;
  model.network = BuildNetwork(model.meta.network);
  SetOutputBias(model.network, units);
  const torch::NoGradGuard no_grad;
  model.network->named_parameters()["fc.weight"].zero_();
  SaveModel(path, model, false);
}

class LandmarkerTest : public ::testing::Test {
 protected:
  TempFolder folder_;
  std::string path_ = (folder_ / "net.safetensors").string();
};

TEST_F(LandmarkerTest, PutsUnitsOfTheCropBackIntoTheFrame) {
  torch::Tensor units = torch::full({68, 2}, 0.5F);
  units[1] = torch::tensor({0.0F, 1.0F});
  SaveConstantModel(path_, units);
  const auto landmarker = LoadLandmarker(path_, ChooseDevice("cpu"), /*threads=*/1);
  // The crop is the square of side 1.5 * 40 around (50, 70).
  const std::vector<RectF> boxes = {{30.0F, 60.0F, 40.0F, 20.0F}};
  const auto found = landmarker->Locate(Image(200, 150), boxes);
  ASSERT_EQ(found.size(), 1U);
  ASSERT_EQ(found[0].points_px.size(), 68U);
  EXPECT_NEAR(found[0].points_px[0].x, 50.0F, 1e-3);
  EXPECT_NEAR(found[0].points_px[0].y, 70.0F, 1e-3);
  EXPECT_NEAR(found[0].points_px[1].x, 20.0F, 1e-3);
  EXPECT_NEAR(found[0].points_px[1].y, 100.0F, 1e-3);
}

TEST_F(LandmarkerTest, SharesItsWeightsWithOthersOnOtherThreads) {
  Model model;
  model.meta.network.input_px = SizePx::Square(64);
  model.network = BuildNetwork(model.meta.network);
  SaveModel(path_, model, false);
  const auto landmarkers = LoadLandmarkers(path_, ChooseDevice("cpu"), 3);
  ASSERT_EQ(landmarkers.size(), 3U);
  EXPECT_THAT(landmarkers[0]->HowItRuns(), HasSubstr("1 thread (one for each of 3 jobs)"));
  // Each has pictures and numbers of faces of its own, so that shared buffers would show.
  const auto locate = [&](Landmarker& landmarker, size_t i) {
    Image image(100, 80);
    for (size_t k = 0; k < image.rgb.size(); ++k) {
      image.rgb[k] = static_cast<uint8_t>(k * (i + 1) * (i + 7) / 13);
    }
    const std::vector<RectF> boxes(1 + i, {20.0F, 20.0F, 50.0F, 40.0F});
    return landmarker.Locate(image, boxes).back().points_px;
  };
  std::vector<std::vector<Point2f>> expected;
  for (size_t i = 0; i < 3; ++i) expected.push_back(locate(*landmarkers[0], i));
  EXPECT_NE(expected[0], expected[1]);
  std::vector<std::jthread> threads;
  for (size_t i = 0; i < 3; ++i) {
    threads.emplace_back([&, i] {
      for (int n = 0; n < 20; ++n) EXPECT_EQ(locate(*landmarkers[i], i), expected[i]);
    });
  }
}

TEST_F(LandmarkerTest, LooksAtTheWholePictureWhereItWasTrainedSo) {
  Model model;
  model.meta.network = {"conv3", 1, {80, 60}, 1};
  model.meta.schema = "nose1";
  model.meta.view = CropView::kPicture;
  model.meta.crop_margin = 1.0F;
  model.network = BuildNetwork(model.meta.network);
  {
    const torch::NoGradGuard no_grad;
    SetOutputBias(model.network, torch::tensor({{0.25F, 0.75F}}));
    model.network->named_parameters()["fc2.weight"].zero_();
  }
  SaveModel(path_, model, true);
  const auto landmarker = LoadLandmarker(path_, ChooseDevice("cpu"), /*threads=*/1);
  const std::vector<RectF> boxes = {{30.0F, 60.0F, 40.0F, 20.0F}, {0.0F, 0.0F, 9.0F, 9.0F}};
  for (const Landmarks& found : landmarker->Locate(Image(640, 480), boxes)) {
    EXPECT_NEAR(found.points_px[0].x, 0.25F * 640.0F - 0.5F, 0.2F);
    EXPECT_NEAR(found.points_px[0].y, 0.75F * 480.0F - 0.5F, 0.2F);
  }
}

TEST_F(LandmarkerTest, AnswersEveryBoxInOrder) {
  SaveConstantModel(path_, torch::full({68, 2}, 0.5F));
  const auto landmarker = LoadLandmarker(path_, ChooseDevice("cpu"), /*threads=*/1);
  std::vector<RectF> boxes;  // more than one forward pass takes
  for (int i = 0; i < 70; ++i) boxes.push_back({static_cast<float>(i), 0.0F, 20.0F, 20.0F});
  const auto found = landmarker->Locate(Image(100, 40), boxes);
  ASSERT_EQ(found.size(), boxes.size());
  for (size_t i = 0; i < boxes.size(); ++i) {
    EXPECT_NEAR(found[i].points_px[0].x, boxes[i].Center().x, 1e-3);
  }
  EXPECT_TRUE(landmarker->Locate(Image(100, 40), {}).empty());
}

TEST_F(LandmarkerTest, AnswersForAFaceWhateverWasAskedBefore) {
  torch::manual_seed(3);
  Model model;
  model.meta.network = {"conv3", 1, {64, 64}, 1};
  model.meta.schema = "nose1";
  model.network = BuildNetwork(model.meta.network);
  SaveModel(path_, model, false);
  Image image(200, 100);
  for (size_t i = 0; i < image.rgb.size(); ++i) image.rgb[i] = static_cast<uint8_t>(i * i / 97);
  const auto landmarker = LoadLandmarker(path_, ChooseDevice("cpu"), /*threads=*/1);
  const std::vector<RectF> boxes = {{10, 10, 50, 50}, {90, 30, 70, 60}, {40, 20, 30, 80}};
  const auto together = landmarker->Locate(image, boxes);
  for (size_t i = 0; i < boxes.size(); ++i) {
    const auto alone = landmarker->Locate(image, {&boxes[i], 1});
    EXPECT_NEAR(alone[0].points_px[0].x, together[i].points_px[0].x, 1e-2F);
    EXPECT_NEAR(alone[0].points_px[0].y, together[i].points_px[0].y, 1e-2F);
  }
}

TEST_F(LandmarkerTest, SaysOnHowManyThreadsItRuns) {
  SaveConstantModel(path_, torch::full({68, 2}, 0.5F));
  const DeviceChoice cpu = ChooseDevice("cpu");
  EXPECT_THAT(LoadLandmarker(path_, cpu, /*threads=*/1)->HowItRuns(),
              HasSubstr("1 thread (as asked for)"));
  EXPECT_THAT(LoadLandmarker(path_, cpu, /*threads=*/0)->HowItRuns(), HasSubstr("thread"));
}

TEST_F(LandmarkerTest, TakesTheCpuWhereTheGpuFails) {
  if (torch::cuda::is_available()) GTEST_SKIP() << "a GPU that works is here";
  SaveConstantModel(path_, torch::full({68, 2}, 0.5F));
  DeviceChoice gpu{DeviceKind::kCuda, "GPU", "said to be there"};
  const auto landmarker = LoadLandmarker(path_, gpu, /*threads=*/1);
  EXPECT_THAT(landmarker->HowItRuns(), HasSubstr("1 thread"));
  EXPECT_THAT(landmarker->HowItRuns(), HasSubstr("since the GPU failed ("));
  const std::vector<RectF> boxes = {{30.0F, 60.0F, 40.0F, 20.0F}};
  EXPECT_NEAR(landmarker->Locate(Image(200, 150), boxes)[0].points_px[0].x, 50.0F, 1e-3);
  gpu.float32 = true;
  EXPECT_THAT(LoadLandmarker(path_, gpu, /*threads=*/1)->HowItRuns(),
              AllOf(Not(HasSubstr("bfloat16")), Not(HasSubstr("8-bit"))));
  gpu.insisted = true;
  EXPECT_THROW(LoadLandmarker(path_, gpu, /*threads=*/1), Error);
}

TEST_F(LandmarkerTest, SaysHowLongAFaceTakes) {
  SaveConstantModel(path_, torch::full({68, 2}, 0.5F));
  EXPECT_GT(LoadLandmarker(path_, ChooseDevice("cpu"), /*threads=*/1)->MeasureFaceMs(), 0.0);
}

TEST_F(LandmarkerTest, RefusesAnEmptyBox) {
  SaveConstantModel(path_, torch::full({68, 2}, 0.5F));
  const auto landmarker = LoadLandmarker(path_, ChooseDevice("cpu"), /*threads=*/1);
  const std::vector<RectF> boxes = {RectF{}};
  EXPECT_THROW(landmarker->Locate(Image(100, 40), boxes), std::logic_error);
}

TEST(ChooseDevice, SaysWhichAndWhy) {
  EXPECT_EQ(ChooseDevice("cpu").kind, DeviceKind::kCpu);
  EXPECT_FALSE(ChooseDevice("auto").reason.empty());
  EXPECT_FALSE(ChooseDevice("auto").name.empty());
}

TEST(ChooseDevice, RefusesCudaWhereItCannotBeHad) {
  if (torch::cuda::is_available()) {
    EXPECT_EQ(ChooseDevice("cuda").kind, DeviceKind::kCuda);
    return;
  }
  EXPECT_THAT(MessageOf([&] { ChooseDevice("cuda"); }),
              HasSubstr("--device cuda is not available"));
}

TEST(ChooseDevice, RefusesAnotherWord) { EXPECT_THROW(ChooseDevice("gpu"), Error); }

}  // namespace
}  // namespace nosetip
