#include "training/detector/scenes/scene_light.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/training/detector/scenes/painted_faces.h"

namespace nosetip {
namespace {

constexpr int kSidePx = 160;
constexpr Point2f kCenter = {80.3F, 77.6F};

Image WithDisc() {
  Image image(kSidePx, kSidePx);
  std::fill(image.rgb.begin(), image.rgb.end(), uint8_t{60});
  PaintDisc(image, kCenter, 25.0F, {190, 190, 190});
  return image;
}

// Brightness along a line through the disc's middle, a mean of nine lines.
std::vector<float> Profile(const Image& image, bool across) {
  std::vector<float> profile;
  for (int i = 0; i < kSidePx; ++i) {
    int sum = 0;
    for (int j = 76; j <= 84; ++j) {
      const uint8_t* rgb = across ? image.At(i, j) : image.At(j, i);
      sum += rgb[0] + rgb[1] + rgb[2];
    }
    profile.push_back(static_cast<float>(sum) / 27.0F);
  }
  return profile;
}

// Halfway between the steepest rise and the steepest fall, which shading does not move; nothing
// where darkness, glare or noise hides them.
std::optional<float> MiddleOfDisc(const std::vector<float>& profile) {
  constexpr size_t kReach = 7;
  std::vector<float> rises;
  for (size_t i = kReach; i + kReach <= profile.size(); ++i) {
    const auto middle = profile.begin() + static_cast<std::ptrdiff_t>(i);
    rises.push_back((std::accumulate(middle, middle + kReach, 0.0F) -
                     std::accumulate(middle - kReach, middle, 0.0F)) /
                    kReach);
  }
  const auto [fall, rise] = std::ranges::minmax_element(rises);
  if (*rise < 25.0F || *fall > -25.0F) return std::nullopt;
  const auto edges = (rise - rises.begin()) + (fall - rises.begin());
  return 0.5F * static_cast<float>(edges) + static_cast<float>(kReach) - 0.5F;
}

TEST(SceneDegrade, AtNoStrengthChangesNothing) {
  Image image = WithDisc();
  SceneRandom random(1);
  Degrade(image, 0.0F, 50.0F, random);
  EXPECT_EQ(image.rgb, WithDisc().rgb);
}

TEST(SceneDegrade, IsTheSameForTheSameSeed) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    Image a = WithDisc();
    Image b = WithDisc();
    SceneRandom random_a(seed);
    SceneRandom random_b(seed);
    Degrade(a, 1.0F, 50.0F, random_a);
    Degrade(b, 1.0F, 50.0F, random_b);
    EXPECT_EQ(a.rgb, b.rgb) << seed;
  }
}

TEST(SceneDegrade, ChangesMostPicturesAndKeepsThingsInPlace) {
  int changed = 0;
  int measured = 0;
  Point2f off_px;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    Image image = WithDisc();
    SceneRandom random(seed);
    Degrade(image, 1.0F, 50.0F, random);
    changed += image.rgb != WithDisc().rgb ? 1 : 0;
    const auto x = MiddleOfDisc(Profile(image, true));
    const auto y = MiddleOfDisc(Profile(image, false));
    if (!x || !y) continue;
    ++measured;
    EXPECT_NEAR(*x, kCenter.x, 2.0F) << seed;
    EXPECT_NEAR(*y, kCenter.y, 2.0F) << seed;
    off_px = off_px + Point2f{*x - kCenter.x, *y - kCenter.y};
  }
  EXPECT_GT(changed, 240);
  ASSERT_GT(measured, 200);
  EXPECT_NEAR(off_px.x / static_cast<float>(measured), 0.0F, 0.3F);
  EXPECT_NEAR(off_px.y / static_cast<float>(measured), 0.0F, 0.3F);
}

}  // namespace
}  // namespace nosetip
