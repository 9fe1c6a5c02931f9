#include "training/data/face_box.h"

#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

const std::vector<Point2f> kFace = {{100, 100}, {180, 120}, {140, 200}};  // 80 x 100 px
const std::vector<Point2f> kNose = {{140, 150}};

std::optional<BoxFault> Fault(const RectF& box, const std::vector<Point2f>& points_px) {
  const auto rejected = FaultOfBox(box, points_px);
  if (!rejected) return std::nullopt;
  EXPECT_FALSE(rejected->remark.empty());
  return rejected->fault;
}

TEST(FaultOfBox, TakesBoxesThatReachAwayFromTheirPoints) {
  EXPECT_EQ(Fault({100, 100, 80, 100}, kFace), std::nullopt);
  EXPECT_EQ(Fault({-50, 150, 151, 20}, kFace), std::nullopt);
  EXPECT_EQ(Fault({180, 120, 80, 100}, kFace), std::nullopt);
}

TEST(FaultOfBox, NamesWhatIsWrong) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinity = std::numeric_limits<float>::infinity();
  for (const auto& points : {kFace, kNose, std::vector<Point2f>{}}) {
    EXPECT_EQ(Fault({nan, 100, 80, 100}, points), BoxFault::kNoNumber);
    EXPECT_EQ(Fault({100, 100, infinity, 100}, points), BoxFault::kNoNumber);
    EXPECT_EQ(Fault({180, 100, -80, 100}, points), BoxFault::kNegative);
    EXPECT_EQ(Fault({100, 100, 80, 0}, points), BoxFault::kNoArea);
  }
  EXPECT_EQ(Fault({181, 100, 80, 100}, kFace), BoxFault::kApart);
  EXPECT_EQ(Fault({100, -50, 80, 149}, kFace), BoxFault::kApart);
}

TEST(FaultOfBox, WantsASizeThatFitsThePoints) {
  EXPECT_EQ(Fault({100, 100, 50, 20}, kFace), BoxFault::kWrongSize);
  EXPECT_EQ(Fault({100, 100, 60, 20}, kFace), std::nullopt);
  EXPECT_EQ(Fault({0, 0, 401, 10000}, kFace), BoxFault::kWrongSize);
  EXPECT_EQ(Fault({0, 0, 400, 400}, kFace), std::nullopt);
}

TEST(FaultOfBox, IsNotTheBoxsFaultWhereAPointIsAstray) {
  auto points = kFace;
  points[2] = {1e30F, -1e30F};
  EXPECT_EQ(Fault({100, 100, 80, 100}, points), std::nullopt);
}

TEST(FaultOfBox, TakesAnyBoxWithAnAreaWhereNoPointsCouldStandIn) {
  EXPECT_EQ(Fault({500, 500, 1, 1}, kNose), std::nullopt);
  EXPECT_EQ(Fault({500, 500, 1, 1}, {}), std::nullopt);
}

}  // namespace
}  // namespace nosetip
