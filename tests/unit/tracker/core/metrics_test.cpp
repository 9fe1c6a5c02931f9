#include "tracker/core/metrics.h"

#include <numeric>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Points on a line, with the outer eye corners 100 px apart.
std::vector<Point2f> Truth() {
  std::vector<Point2f> points(68);
  for (size_t i = 0; i < points.size(); ++i) points[i] = {static_cast<float>(i), 0.0F};
  points[36] = {0.0F, 50.0F};
  points[45] = {100.0F, 50.0F};
  return points;
}

TEST(NmePercent, IsZeroForTheTruth) {
  EXPECT_DOUBLE_EQ(NmePercent(Truth(), Truth(), Ibug68()), 0.0);
}

TEST(NmePercent, IsTheMeanDistanceInPercentOfTheOuterEyeDistance) {
  std::vector<Point2f> predicted = Truth();
  for (Point2f& p : predicted) p = p + Point2f{3.0F, 4.0F};
  EXPECT_NEAR(NmePercent(predicted, Truth(), Ibug68()), 5.0, 1e-5);
  predicted = Truth();
  predicted[10].y += 68.0F;
  EXPECT_NEAR(NmePercent(predicted, Truth(), Ibug68()), 1.0, 1e-5);
}

TEST(NmePercent, RefusesWhatCannotBeCompared) {
  const std::vector<Point2f> same_place(68);
  EXPECT_THROW(NmePercent(Truth(), same_place, Ibug68()), std::logic_error);
  EXPECT_THROW(NmePercent(std::vector<Point2f>(67), Truth(), Ibug68()), std::logic_error);
  const std::vector<Point2f> nose = {{1, 1}};
  EXPECT_THROW(NmePercent(nose, nose, Nose1()), std::logic_error);
}

TEST(Summarize, OfNoFacesIsEmpty) {
  const AccuracySummary summary = Summarize({});
  EXPECT_EQ(summary.faces, 0);
  EXPECT_EQ(summary.nme_mean, 0.0);
}

TEST(Summarize, CountsAFaceNotFoundAsAHundredPercent) {
  const std::vector<std::optional<double>> errors = {2.0, std::nullopt, 4.0};
  const AccuracySummary summary = Summarize(errors);
  EXPECT_EQ(summary.faces, 3);
  EXPECT_EQ(summary.not_found, 1);
  EXPECT_NEAR(summary.nme_mean, 106.0 / 3.0, 1e-9);
  EXPECT_DOUBLE_EQ(summary.nme_median, 4.0);
  EXPECT_NEAR(summary.failure_rate, 100.0 / 3.0, 1e-9);
  EXPECT_NEAR(summary.auc, (6.0 + 0.0 + 4.0) / 24.0, 1e-9);
}

TEST(Summarize, TakesTheMiddleOfAnEvenCount) {
  const std::vector<std::optional<double>> errors = {7.0, 1.0, 3.0, 2.0};
  EXPECT_DOUBLE_EQ(Summarize(errors).nme_median, 2.5);
}

TEST(Summarize, AnErrorOfExactlyEightIsNoFailure) {
  const std::vector<std::optional<double>> errors = {8.0};
  EXPECT_EQ(Summarize(errors).failure_rate, 0.0);
  EXPECT_EQ(Summarize(errors).auc, 0.0);
}

TEST(Summarize, AreaAgreesWithTheCurve) {
  std::vector<std::optional<double>> errors;
  std::vector<double> values;
  for (int i = 0; i < 500; ++i) {
    values.push_back(0.5 + 0.021 * i);
    errors.emplace_back(values.back());
  }
  std::vector<double> thresholds;
  for (int i = 0; i < 8000; ++i) thresholds.push_back((i + 0.5) / 1000.0);
  double area = 0.0;
  for (const double y : CumulativeErrorCurve(values, thresholds)) area += y / 8000.0;
  EXPECT_NEAR(Summarize(errors).auc, area, 1e-3);
}

TEST(CumulativeErrorCurve, CountsErrorsUpToEachThreshold) {
  const std::vector<double> errors = {3.0, 1.0, 2.0, 9.0};
  const std::vector<double> thresholds = {0.5, 1.0, 2.5, 100.0};
  EXPECT_THAT(CumulativeErrorCurve(errors, thresholds), ElementsAre(0.0, 0.25, 0.5, 1.0));
}

TEST(CumulativeErrorCurve, OfNoErrorsIsFlat) {
  EXPECT_THAT(CumulativeErrorCurve({}, std::vector<double>{1.0, 2.0}), ElementsAre(0.0, 0.0));
  EXPECT_THAT(CumulativeErrorCurve(std::vector<double>{1.0}, {}), IsEmpty());
}

TEST(Percentile, IsTheNearestRank) {
  std::vector<double> values(100);
  std::iota(values.rbegin(), values.rend(), 1.0);  // 100 ... 1
  EXPECT_EQ(Percentile(values, 50.0), 50.0);
  EXPECT_EQ(Percentile(values, 95.0), 95.0);
  EXPECT_EQ(Percentile(values, 99.0), 99.0);
  EXPECT_EQ(Percentile(values, 100.0), 100.0);
  EXPECT_EQ(Percentile({7.0, 3.0}, 99.0), 7.0);
  EXPECT_EQ(Percentile({7.0}, 0.0), 7.0);
  EXPECT_EQ(Percentile({}, 50.0), 0.0);
}

}  // namespace

}  // namespace nosetip
