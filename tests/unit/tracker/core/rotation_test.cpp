#include "tracker/core/rotation.h"

#include <gtest/gtest.h>

namespace nosetip {
namespace {

TEST(RotationOf, HasTheAnglesThatItWasMadeFrom) {
  for (const std::array<float, 3>& angles :
       {std::array{0.0F, 0.0F, 0.0F}, {0.3F, -0.9F, 2.5F}, {-1.2F, 1.4F, -0.4F}}) {
    const std::array<float, 3> found = AnglesOf(RotationOf(angles));
    for (size_t i = 0; i < 3; ++i) EXPECT_NEAR(found[i], angles[i], 1e-5);
  }
}

TEST(RotationOf, TurnsAboutZThenYThenX) {
  constexpr float kQuarter = 1.57079633F;
  const auto turned = [](std::array<float, 3> angles, Point3 point) {
    return Turned(RotationOf(angles), point);
  };
  EXPECT_NEAR(turned({0, 0, kQuarter}, {1, 0, 0})[1], 1.0, 1e-6);
  EXPECT_NEAR(turned({0, kQuarter, 0}, {0, 0, 1})[0], 1.0, 1e-6);
  EXPECT_NEAR(turned({kQuarter, 0, 0}, {0, 1, 0})[2], 1.0, 1e-6);
  // x is turned to y, stays there, and is turned to z.
  EXPECT_NEAR(turned({kQuarter, kQuarter, kQuarter}, {1, 0, 0})[2], 1.0, 1e-6);
}

}  // namespace
}  // namespace nosetip
