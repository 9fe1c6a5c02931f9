#include "training/evaluation/expression_errors.h"

#include <cmath>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nosetip {
namespace {

using ::testing::HasSubstr;

Expression WithEyes(double left, double right, double mouth = 0.0) {
  Expression expression;
  expression.eye_openness = {left, right};
  expression.mouth_opening = mouth;
  return expression;
}

const MeasureErrors& Named(const ExpressionErrors& errors, std::string_view name) {
  for (const MeasureErrors& measure : errors.measures) {
    if (measure.name == name) return measure;
  }
  throw std::out_of_range(std::string(name));
}

// Found openness is 0.1 + half the true one, for each eye.
std::vector<ExpressionPair> HalfAsFar() {
  std::vector<ExpressionPair> faces;
  for (const double open : {0.0, 0.1, 0.2, 0.3}) {
    faces.push_back({WithEyes(open, open + 0.1), WithEyes(0.1 + 0.5 * open, 0.15 + 0.5 * open)});
  }
  return faces;
}

TEST(ExpressionErrorsOf, FindsSlopeCorrelationAndMeanError) {
  const auto errors = ExpressionErrorsOf(HalfAsFar());
  ASSERT_TRUE(errors);
  const MeasureErrors& eyes = Named(*errors, "eye openness");
  EXPECT_EQ(eyes.count, 8U);
  EXPECT_NEAR(*eyes.slope, 0.5, 1e-9);
  EXPECT_NEAR(*eyes.correlation, 1.0, 1e-9);
  // Off by |0.1 - open / 2| for openness of 0, 0.1, 0.1, 0.2, 0.2, 0.3, 0.3, 0.4.
  EXPECT_NEAR(eyes.mean_absolute_error, (0.1 + 0.05 * 2 + 0.0 * 2 + 0.05 * 2 + 0.1) / 8.0, 1e-9);
  EXPECT_EQ(Named(*errors, "left eye").count, 4U);
}

TEST(ExpressionErrorsOf, HasALowerCorrelationWhereValuesScatter) {
  const std::vector<ExpressionPair> faces = {{WithEyes(0.0, 0.0), WithEyes(0.0, 0.1)},
                                             {WithEyes(0.2, 0.2), WithEyes(0.2, 0.1)}};
  const auto errors = ExpressionErrorsOf(faces);
  // Deviations of truth: -.1 -.1 .1 .1; of what was found: -.1 0 .1 0.
  EXPECT_NEAR(*Named(*errors, "eye openness").correlation, 0.02 / std::sqrt(0.04 * 0.02), 1e-9);
  EXPECT_NEAR(*Named(*errors, "eye openness").slope, 0.5, 1e-9);
}

TEST(ExpressionErrorsOf, HasNoSlopeWhereAllFacesAreAlike) {
  const auto errors = ExpressionErrorsOf(std::vector<ExpressionPair>(3));
  EXPECT_FALSE(Named(*errors, "mouth width").slope);
  EXPECT_FALSE(Named(*errors, "mouth width").correlation);
  EXPECT_FALSE(ExpressionErrorsOf({}));
}

TEST(ExpressionErrorsOf, CountsShutAndOpenEyesAndWideMouths) {
  const std::vector<ExpressionPair> faces = {
      {WithEyes(0.01, 0.03, 0.3), WithEyes(0.16, 0.18, 0.25)},
      {WithEyes(0.3, 0.21, 0.1), WithEyes(0.11, 0.2, 0.1)},
      {WithEyes(0.1, 0.4, 0.0), WithEyes(0.05, 0.4, 0.0)}};
  const auto errors = ExpressionErrorsOf(faces);
  EXPECT_EQ(errors->shut_eyes.count, 2U);
  EXPECT_NEAR(errors->shut_eyes.truth_mean, 0.02, 1e-9);
  EXPECT_NEAR(errors->shut_eyes.found_mean, 0.17, 1e-9);
  EXPECT_EQ(errors->open_eyes.count, 3U);
  EXPECT_EQ(errors->open_eyes_found_shut, 1U);
  EXPECT_EQ(errors->wide_mouths.count, 1U);
  EXPECT_NEAR(errors->wide_mouths.found_mean, 0.25, 1e-9);
}

TEST(ExpressionText, HasARowForEachMeasureAndSaysHowManyEyes) {
  EXPECT_EQ(ExpressionText(std::nullopt), "");
  const std::string text = ExpressionText(ExpressionErrorsOf(HalfAsFar()));
  EXPECT_THAT(text, HasSubstr("eye openness         8        1.000  0.500  0.050\n"));
  EXPECT_THAT(text, HasSubstr("mouth width          4            -      -  0.000\n"));
  EXPECT_THAT(
      text,
      HasSubstr("Shut eyes (true openness below 0.05): 1 of true mean 0.000, found at 0.100\n"));
  EXPECT_THAT(text, HasSubstr("Wide-open mouths (true opening above 0.2): none\n"));
}

}  // namespace
}  // namespace nosetip
