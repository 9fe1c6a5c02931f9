#include <gtest/gtest.h>

#include "tests/support/synthetic_faces.h"
#include "training/report/training_views.h"

namespace nosetip {
namespace {

TEST(SampleViews, ShowThePointsWhereTheSpotsAre) {
  const FacePack pack = SyntheticPack(3, 160, {30});
  SampleRequest request;
  request.view.input_px = {128, 96};
  request.augment = AugmentOptions::None();
  request.view.margin = 1.6F;
  const std::vector<size_t> chosen = {2, 0};
  const auto views = SampleViews(pack, chosen, request);
  ASSERT_EQ(views.size(), 2U);
  for (const SampleView& view : views) {
    const Point2f p = view.points_px[30];
    const int at_point =
        *view.picture.At(static_cast<int>(p.x + 0.5F), static_cast<int>(p.y + 0.5F));
    EXPECT_GT(at_point, 200);
    EXPECT_LT(*view.picture.At(2, 2), 60);
  }
}

TEST(SampleViews, TakeTheFacesThatAreAskedFor) {
  const FacePack pack = SyntheticPack(3, 160);
  SampleRequest request;
  request.view.input_px = SizePx::Square(64);
  request.augment = AugmentOptions::None();
  const std::vector<size_t> all = {0, 1, 2};
  const std::vector<size_t> some = {2, 0};
  const auto of_all = SampleViews(pack, all, request);
  const auto of_some = SampleViews(pack, some, request);
  ASSERT_NE(of_all[0].picture.rgb, of_all[2].picture.rgb);
  EXPECT_EQ(of_some[0].picture.rgb, of_all[2].picture.rgb);
  EXPECT_EQ(of_some[1].picture.rgb, of_all[0].picture.rgb);
}

}  // namespace
}  // namespace nosetip
