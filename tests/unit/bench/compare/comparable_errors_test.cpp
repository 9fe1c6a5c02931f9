#include "bench/compare/comparable_errors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nosetip {
namespace {

using Faces = std::vector<std::optional<ComparedFace>>;

// Eyes 100 px apart, or `scale` times that.
ComparedFace Face(Point2f first_off, Point2f second_off, float scale = 1.0F) {
  const std::vector<Point2f> truth = {{10.0F, 10.0F}, {50.0F, 20.0F}};
  return {truth, {truth[0] + scale * first_off, truth[1] + scale * second_off}, 100.0 * scale};
}

TEST(MeasureComparable, IsInPercentOfTheEyeDistance) {
  const auto errors = MeasureComparable(
      Faces{Face({3.0F, 4.0F}, {0.0F, 1.0F}), Face({3.0F, 4.0F}, {0.0F, 1.0F}, 3.0F)});
  EXPECT_NEAR(errors.as_found.nme_mean, 3.0, 1e-5);
  EXPECT_NEAR(errors.as_found.nme_median, 3.0, 1e-5);
  EXPECT_EQ(errors.as_found.failure_rate, 0.0);
}

TEST(MeasureComparable, TakesAwayWhatAllFacesHaveInCommon) {
  const auto errors = MeasureComparable(
      Faces{Face({3.0F, 4.0F}, {0.0F, 1.0F}), Face({3.0F, 4.0F}, {0.0F, 3.0F}, 2.0F)});
  EXPECT_NEAR(errors.without_offsets.nme_mean, 0.5, 1e-5);
}

TEST(MeasureComparable, CountsAFaceThatWasNotFoundAsAFailureOnly) {
  const auto errors = MeasureComparable(Faces{Face({3.0F, 4.0F}, {3.0F, 4.0F}), std::nullopt,
                                              std::nullopt, Face({0.0F, 20.0F}, {0.0F, 20.0F})});
  EXPECT_EQ(errors.faces, 4);
  EXPECT_EQ(errors.not_found, 2);
  EXPECT_NEAR(errors.as_found.nme_mean, 12.5, 1e-5);
  EXPECT_NEAR(errors.as_found.failure_rate, 75.0, 1e-5);
}

TEST(MeasureComparable, SaysNothingOfNoFaces) {
  const auto errors = MeasureComparable(Faces{std::nullopt});
  EXPECT_EQ(errors.not_found, 1);
  EXPECT_EQ(errors.as_found.nme_mean, 0.0);
  EXPECT_EQ(errors.as_found.failure_rate, 100.0);
}

TEST(LandmarkText, HasARowPerModelAndDetector) {
  const ComparableErrors errors{240, 2, {4.0, 3.5, 1.25}, {2.0, 1.75, 0.5}};
  EXPECT_THAT(LandmarkText({{"dlib's", "Nosetip face68", errors}}),
              ::testing::EndsWith("| dlib's | Nosetip face68 | 240 | 2 | 4.000 | 3.500 | 1.25 | "
                                  "2.000 | 1.750 | 0.50 |\n"));
}

}  // namespace
}  // namespace nosetip
