#include "bench/compare/box_mapping.h"

#include <vector>

#include <gtest/gtest.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

using Pairs = std::vector<std::pair<RectF, RectF>>;

void ExpectNear(const RectF& a, const RectF& b) {
  EXPECT_NEAR(a.x, b.x, 1e-3F);
  EXPECT_NEAR(a.y, b.y, 1e-3F);
  EXPECT_NEAR(a.width, b.width, 1e-3F);
  EXPECT_NEAR(a.height, b.height, 1e-3F);
}

TEST(BoxMapping, OfBoxesThatAreTheSameChangesNothing) {
  const RectF box{10.0F, 20.0F, 40.0F, 50.0F};
  ExpectNear(FitBoxMapping(Pairs{{box, box}}).Apply({1.0F, 2.0F, 30.0F, 60.0F}),
             {1.0F, 2.0F, 30.0F, 60.0F});
}

TEST(BoxMapping, GrowsWithTheBox) {
  const BoxMapping mapping =
      FitBoxMapping(Pairs{{{0.0F, 0.0F, 10.0F, 10.0F}, {1.0F, 2.0F, 8.0F, 12.0F}}});
  ExpectNear(mapping.Apply({100.0F, 100.0F, 20.0F, 20.0F}), {102.0F, 104.0F, 16.0F, 24.0F});
}

TEST(BoxMapping, IsNotMovedByOneFaceThatWasMistaken) {
  const RectF from{0.0F, 0.0F, 10.0F, 10.0F};
  const RectF to{1.0F, 1.0F, 10.0F, 10.0F};
  const RectF wrong{300.0F, 200.0F, 90.0F, 90.0F};
  ExpectNear(FitBoxMapping(Pairs{{from, to}, {from, wrong}, {from, to}}).Apply(from), to);
}

TEST(BoxMapping, NeedsAPair) { EXPECT_THROW(FitBoxMapping({}), Error); }

TEST(AsSquare, KeepsMiddleAndArea) {
  ExpectNear(AsSquare({0.0F, 0.0F, 40.0F, 10.0F}), {10.0F, -5.0F, 20.0F, 20.0F});
}

}  // namespace
}  // namespace nosetip
