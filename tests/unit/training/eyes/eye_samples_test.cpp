#include "training/eyes/eye_samples.h"

#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>

#include "tests/unit/training/eyes/drawn_eyes.h"

namespace nosetip {
namespace {

std::vector<EyeSample> EyesOf(const FacePack& pack) {
  std::vector<size_t> faces(pack.FaceCount());
  std::iota(faces.begin(), faces.end(), 0U);
  return EyesOfPack(pack, faces);
}

// The darkest pixel of the columns next to a point: the drawn lid's line.
float DarkestRow(const EyeView& view, float x) {
  const auto column = static_cast<size_t>(std::lround(x));
  const auto width = static_cast<size_t>(kEyeCropPx.width);
  size_t darkest = 0;
  for (size_t row = 1; row < static_cast<size_t>(kEyeCropPx.height); ++row) {
    if (view.pixels[row * width + column] < view.pixels[darkest * width + column]) darkest = row;
  }
  return static_cast<float>(darkest);
}

TEST(EyesOfPack, GivesBothEyesOfEachFaceAlike) {
  const std::vector<EyeSample> eyes = EyesOf(DrawnEyes(3, 0.3F));
  ASSERT_EQ(eyes.size(), 6U);
  for (const EyeSample& eye : eyes) {
    EXPECT_EQ(eye.pixels.size(), kEyePatchPx.Area());
    EXPECT_NEAR(OpennessOf(eye.points), 0.3F, 1e-3F);
    EXPECT_LT(eye.points[0].x, eye.points[3].x);
  }
}

TEST(ShowingRates, AreHigherForRareEyes) {
  const auto rate = [](float openness) {
    return ShowingRates(EyesOf(DrawnEyes(1, openness))).front();
  };
  EXPECT_GT(rate(0.01F), rate(0.1F));
  EXPECT_GT(rate(0.1F), rate(0.3F));
  EXPECT_GT(rate(0.45F), rate(0.3F));
}

TEST(RandomView, ShowsTheLidWhereItsPointsAre) {
  const std::vector<EyeSample> eyes = EyesOf(DrawnEyes(1, 0.3F));
  std::mt19937_64 random(5);
  int closed = 0;
  for (int i = 0; i < 200; ++i) {
    const EyeView view = RandomView(eyes.front(), 0.5, random);
    const Point2f lid = view.points[1];
    if (lid.x < 1.0F || lid.x > 62.0F || lid.y < 2.0F || lid.y > 45.0F) continue;
    EXPECT_NEAR(DarkestRow(view, lid.x), lid.y, 2.0F) << i;
    closed += OpennessOf(view.points) < 0.2F ? 1 : 0;
  }
  EXPECT_GT(closed, 40);
  EXPECT_LT(closed, 120);
}

TEST(RandomView, ShutsNoEyeWhereNoneIsToBeShut) {
  const std::vector<EyeSample> eyes = EyesOf(DrawnEyes(1, 0.3F));
  std::mt19937_64 random(5);
  for (int i = 0; i < 50; ++i) {
    EXPECT_NEAR(OpennessOf(RandomView(eyes.front(), 0.0, random).points), 0.3F, 1e-3F);
  }
}

}  // namespace
}  // namespace nosetip
