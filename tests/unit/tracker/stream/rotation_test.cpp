#include "tracker/stream/rotation.h"

#include <numbers>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nosetip {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;

constexpr float kQuarter = std::numbers::pi_v<float> / 2.0F;

auto Near(double value) { return DoubleNear(value, 1e-6); }

Matrix3 MatrixOf(const std::array<double, 4>& q) {
  const auto [x, y, z, w] = q;
  return {{{1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)},
           {2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)},
           {2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)}}};
}

TEST(MatrixOfAngles, TurnsAsAPoseDoes) {
  EXPECT_THAT(Rotated(MatrixOfAngles({kQuarter, 0, 0}), {0, 1, 0}),
              ElementsAre(Near(0), Near(0), Near(1)));
  EXPECT_THAT(Rotated(MatrixOfAngles({0, kQuarter, 0}), {0, 0, 1}),
              ElementsAre(Near(1), Near(0), Near(0)));
  EXPECT_THAT(Rotated(MatrixOfAngles({0, 0, kQuarter}), {1, 0, 0}),
              ElementsAre(Near(0), Near(1), Near(0)));
  // Roll first.
  EXPECT_THAT(Rotated(MatrixOfAngles({kQuarter, 0, kQuarter}), {1, 0, 0}),
              ElementsAre(Near(0), Near(0), Near(1)));
}

TEST(QuaternionOf, GivesTheMatrixBack) {
  for (const std::array<float, 3>& angles : {std::array{0.1F, -0.4F, 0.3F},
                                             {3.1F, 0.2F, 0.1F},
                                             {0.1F, 0.2F, 3.1F},
                                             {3.0F, 0.1F, 3.0F}}) {
    const Matrix3 matrix = MatrixOfAngles(angles);
    const auto q = QuaternionOf(matrix);
    EXPECT_GE(q[3], 0.0);
    const Matrix3 again = MatrixOf(q);
    for (size_t i = 0; i < 3; ++i) {
      for (size_t j = 0; j < 3; ++j) EXPECT_NEAR(again[i][j], matrix[i][j], 1e-6);
    }
  }
}

TEST(EulerXyzDeg, HasEachAngle) {
  EXPECT_THAT(EulerXyzDeg(MatrixOfAngles({0.5F, 0, 0})),
              ElementsAre(DoubleNear(28.648, 1e-3), 0, 0));
  EXPECT_NEAR(EulerXyzDeg(MatrixOfAngles({0, 0.5F, 0}))[1], 28.648, 1e-3);
  EXPECT_NEAR(EulerXyzDeg(MatrixOfAngles({0, 0, 0.5F}))[2], 28.648, 1e-3);
}

}  // namespace
}  // namespace nosetip
