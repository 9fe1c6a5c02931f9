#include "tracker/stream/rotation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nosetip {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;

Rotation MatrixOf(const std::array<double, 4>& q) {
  const auto [x, y, z, w] = q;
  return {1 - 2 * (y * y + z * z), 2 * (x * y - z * w),     2 * (x * z + y * w),
          2 * (x * y + z * w),     1 - 2 * (x * x + z * z), 2 * (y * z - x * w),
          2 * (x * z - y * w),     2 * (y * z + x * w),     1 - 2 * (x * x + y * y)};
}

TEST(QuaternionOf, GivesTheMatrixBack) {
  for (const std::array<float, 3>& angles : {std::array{0.1F, -0.4F, 0.3F},
                                             {3.1F, 0.2F, 0.1F},
                                             {0.1F, 0.2F, 3.1F},
                                             {3.0F, 0.1F, 3.0F}}) {
    const Rotation matrix = RotationOf(angles);
    const auto q = QuaternionOf(matrix);
    EXPECT_GE(q[3], 0.0);
    const Rotation again = MatrixOf(q);
    for (size_t i = 0; i < 9; ++i) EXPECT_NEAR(again[i], matrix[i], 1e-6);
  }
}

TEST(EulerXyzDeg, HasEachAngle) {
  EXPECT_THAT(EulerXyzDeg(RotationOf({0.5F, 0, 0})), ElementsAre(DoubleNear(28.648, 1e-3), 0, 0));
  EXPECT_NEAR(EulerXyzDeg(RotationOf({0, 0.5F, 0}))[1], 28.648, 1e-3);
  EXPECT_NEAR(EulerXyzDeg(RotationOf({0, 0, 0.5F}))[2], 28.648, 1e-3);
}

}  // namespace
}  // namespace nosetip
