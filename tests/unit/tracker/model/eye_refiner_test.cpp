#include "tracker/model/eye_refiner.h"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"
#include "tracker/core/crop.h"
#include "tracker/core/eye_crop.h"
#include "tracker/model/checkpoint.h"
#include "tracker/model/landmarker.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

// Of the crop: an eye that is shut, on the level of its middle.
PointsOfEye ShutEyeInCrop() {
  return {{{10.0F, 23.5F},
           {24.0F, 23.5F},
           {38.0F, 23.5F},
           {52.0F, 23.5F},
           {38.0F, 23.5F},
           {24.0F, 23.5F}}};
}

// Answers with the same eye for any picture.
torch::nn::Sequential ConstantEyes(const PointsOfEye& points) {
  torch::nn::Sequential network = BuildNetwork(EyeNetworkSpec());
  torch::Tensor units = torch::empty({kPointsPerEye, 2});
  for (size_t k = 0; k < points.size(); ++k) {
    const auto row = static_cast<int64_t>(k);
    units[row][0] = UnitFromPixel(points[k].x, kEyeCropPx.width);
    units[row][1] = UnitFromPixel(points[k].y, kEyeCropPx.height);
  }
  SetOutputBias(network, units);
  const torch::NoGradGuard no_grad;
  network->named_parameters()["fc2.weight"].zero_();
  network->eval();
  return network;
}

// The place of each point depends on its number.
Landmarks OpenEyedFace() {
  Landmarks face;
  face.points_px.resize(68);
  for (size_t k = 0; k < face.points_px.size(); ++k) {
    face.points_px[k] = {static_cast<float>(7 * (k % 8)), static_cast<float>(k)};
  }
  face.points_px[33] = {100.0F, 110.0F};
  for (size_t eye = 0; eye < 2; ++eye) {
    const float x = eye == 0 ? 60.0F : 140.0F;
    const float out = eye == 0 ? -1.0F : 1.0F;
    const PointsOfEye open = {{{x + out * 15.0F, 50.0F},
                               {x + out * 6.0F, 44.0F},
                               {x - out * 6.0F, 44.0F},
                               {x - out * 15.0F, 50.0F},
                               {x - out * 6.0F, 56.0F},
                               {x + out * 6.0F, 56.0F}}};
    for (size_t k = 0; k < open.size(); ++k) face.points_px[kEyesOfIbug68[eye][k]] = open[k];
  }
  return face;
}

TEST(EyeRefiner, MovesEyesHalfwayAndTakesTheLidsAsFound) {
  const EyeRefiner refiner(ConstantEyes(ShutEyeInCrop()), torch::kCPU);
  const Landmarks before = OpenEyedFace();
  std::vector<Landmarks> faces = {before, before};
  refiner.Refine(Image(200, 150), faces);
  for (const Landmarks& face : faces) {
    for (size_t eye = 0; eye < 2; ++eye) {
      const Affine2 frame_from_crop = EyeCropFromFrame(before.points_px, eye)->Inverse();
      const PointsOfEye is = EyeOf(face.points_px, eye);
      const PointsOfEye was = EyeOf(before.points_px, eye);
      const Point2f corner = frame_from_crop.Apply(ShutEyeInCrop()[0]);
      EXPECT_LT(Distance(is[0], 0.5F * (was[0] + corner)), 1e-2F) << "eye " << eye;
      EXPECT_LT(Distance(is[1], is[5]), 1e-2F) << "eye " << eye;
    }
    for (const size_t other : {0U, 27U, 35U, 48U, 67U}) {
      EXPECT_EQ(face.points_px[other], before.points_px[other]);
    }
  }
}

TEST(EyeRefiner, LeavesFacesWithoutASizeAlone) {
  const EyeRefiner refiner(ConstantEyes(ShutEyeInCrop()), torch::kCPU);
  Landmarks face;
  face.points_px.resize(68, {5.0F, 5.0F});
  const Landmarks before = face;
  refiner.Refine(Image(20, 20), std::span(&face, 1));
  EXPECT_EQ(face.points_px, before.points_px);
}

class ModelWithEyesTest : public ::testing::Test {
 protected:
  // Answers with OpenEyedFace in a picture of 200 x 150 px, and with eyes that are shut.
  void SaveModelOf(const std::string& schema) {
    Model model;
    model.meta.network.input_px = SizePx::Square(64);
    model.meta.schema = schema;
    model.meta.network.points = SchemaByName(schema).count;
    model.network = BuildNetwork(model.meta.network);
    model.eyes = ConstantEyes(ShutEyeInCrop());
    SaveModel(path_, model, /*half=*/false);
  }

  TempFolder folder_;
  std::string path_ = (folder_ / "net.safetensors").string();
};

TEST_F(ModelWithEyesTest, KeepsItsEyeNetworkInItsFile) {
  SaveModelOf("ibug68");
  Model model = LoadModel(path_);
  ASSERT_TRUE(model.eyes);
  const torch::NoGradGuard no_grad;
  const torch::Tensor crop = torch::zeros({1, 1, kEyeCropPx.height, kEyeCropPx.width});
  torch::nn::Sequential saved = ConstantEyes(ShutEyeInCrop());
  EXPECT_TRUE(torch::equal(model.eyes->forward(crop), saved->forward(crop)));
}

TEST_F(ModelWithEyesTest, ShutsTheEyesOfWhatItFinds) {
  SaveModelOf("ibug68");
  const std::vector<RectF> boxes = {{30.0F, 20.0F, 100.0F, 100.0F}};
  const Image picture(200, 150);
  const auto with = LoadLandmarker(path_, ChooseDevice("cpu"), 1)->Locate(picture, boxes);
  const auto without = LoadLandmarkerWithoutEyes(path_)->Locate(picture, boxes);
  std::vector<Landmarks> expected = without;
  EyeRefiner(ConstantEyes(ShutEyeInCrop()), torch::kCPU).Refine(picture, expected);
  ASSERT_NE(with.front().points_px, without.front().points_px);
  for (size_t k = 0; k < 68; ++k) {
    EXPECT_LT(Distance(with[0].points_px[k], expected[0].points_px[k]), 1e-3F) << k;
  }
}

TEST_F(ModelWithEyesTest, IsRefusedForOtherPoints) {
  SaveModelOf("imm58");
  EXPECT_THAT(MessageOf([&] { LoadModel(path_); }), HasSubstr("needs the points of ibug68"));
}

}  // namespace
}  // namespace nosetip
