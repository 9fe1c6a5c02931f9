#include "training/sample_views.h"

#include <gtest/gtest.h>

#include "tests/support/synthetic_faces.h"

namespace nosetip {
namespace {

TEST(SampleViews, ShowThePointsWhereTheSpotsAre) {
  const FacePack pack = SyntheticPack(3, 160, {30});
  SampleRequest request;
  request.view.input_px = {128, 96};
  request.augment = AugmentOptions::None();
  request.view.margin = 1.6F;
  const auto views = SampleViews(pack, 10, request);
  ASSERT_EQ(views.size(), 3U);
  for (const SampleView& view : views) {
    const Point2f p = view.points_px[30];
    const int at_point =
        *view.picture.At(static_cast<int>(p.x + 0.5F), static_cast<int>(p.y + 0.5F));
    EXPECT_GT(at_point, 200);
    EXPECT_LT(*view.picture.At(2, 2), 60);
  }
}

}  // namespace
}  // namespace nosetip
