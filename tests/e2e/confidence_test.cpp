// The shipped model's expected errors mean something.
#include <algorithm>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "tracker/core/environment.h"
#include "tracker/model/landmarker.h"
#include "tracker/sources/pictures.h"

namespace nosetip {
namespace {

class ConfidenceOfFace68 : public ::testing::Test {
 protected:
  Landmarks Locate(const Image& picture, const RectF& box) {
    return landmarker_->Locate(picture, std::span(&box, 1)).front();
  }
  static float MeanConfidence(const Landmarks& face, const std::vector<size_t>& points) {
    float sum = 0.0F;
    for (const size_t i : points) sum += face.confidence.at(i);
    return sum / static_cast<float>(points.size());
  }
  static std::vector<size_t> AllPoints() {
    std::vector<size_t> all(68);
    std::iota(all.begin(), all.end(), 0);
    return all;
  }

  std::unique_ptr<Landmarker> landmarker_ =
      LoadLandmarker(AssetPath("models/face68.safetensors").string(), ChooseDevice("cpu"), 1);
  Image portrait_ = ReadPicture(AssetPath("samples/astronaut.png").string());
  // Bounds of the landmarks.
  RectF face_{172.0F, 76.0F, 92.0F, 100.0F};
};

TEST_F(ConfidenceOfFace68, IsHighOnAFaceAndLowWhereThereIsNone) {
  const float on_face = MeanConfidence(Locate(portrait_, face_), AllPoints());
  EXPECT_GT(on_face, 0.7F);
  for (const RectF& elsewhere :
       {RectF{20.0F, 250.0F, 92.0F, 100.0F}, RectF{380.0F, 60.0F, 92.0F, 100.0F},
        RectF{200.0F, 380.0F, 92.0F, 100.0F}}) {
    EXPECT_LT(MeanConfidence(Locate(portrait_, elsewhere), AllPoints()), 0.6F * on_face);
  }
}

TEST_F(ConfidenceOfFace68, IsLowerForPointsThatAreCovered) {
  const Landmarks before = Locate(portrait_, face_);
  std::vector<size_t> covered;
  for (size_t i = 0; i < before.points_px.size(); ++i) {
    if (before.points_px[i].y > face_.y + 0.62F * face_.height) covered.push_back(i);
  }
  Image half = portrait_;
  for (int y = static_cast<int>(face_.y + 0.6F * face_.height); y < half.height_px; ++y) {
    const auto row = half.rgb.begin() + 3L * y * half.width_px;
    std::fill(row, row + 3L * half.width_px, static_cast<uint8_t>(127));
  }
  ASSERT_GT(covered.size(), 15U);
  EXPECT_LT(MeanConfidence(Locate(half, face_), covered), MeanConfidence(before, covered) - 0.1F);
}

}  // namespace
}  // namespace nosetip
