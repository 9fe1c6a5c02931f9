#include "tracker/cli/stability_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fake_scene.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

TEST(StabilityReport, SetsPlainAndSmoothedBesideEachOther) {
  StabilityReport report(Ibug68(), {});
  for (int i = 0; i < 30; ++i) {
    TrackResult result;
    result.pts_s = 0.04 * i;
    TrackedFace face;
    face.landmarks.points_px = FakePoints(BoxAt(100, 100), 68);
    face.landmarks.points_px[8].y += i % 2 == 0 ? 2.0F : -2.0F;
    result.faces.push_back(face);
    report.Add(result);
  }
  const std::string text = report.Finish();
  EXPECT_THAT(text, HasSubstr("2 still moments, 0 fast frames of 30 with a face"));
  // After the lag, which a face that never moves fast does not have.
  const auto number_after = [&](const std::string& word) {
    return std::stod(text.substr(text.find('-', text.find(word)) + 1));
  };
  EXPECT_THAT(text,
              HasSubstr("lag frames   jitter %      jaw    brows     nose     eyes    mouth"));
  EXPECT_GT(number_after("plain"), 0.3);
  EXPECT_LT(number_after("smoothed"), 0.5 * number_after("plain"));
  EXPECT_THAT(report.Finish(), HasSubstr("of 0 with a face"));  // nothing is kept
}

TEST(StabilityReport, HasADashWhereNothingHeldStill) {
  const std::string text = StabilityReport(Ibug68(), {}).Finish();
  EXPECT_THAT(
      text,
      HasSubstr("plain               -          -        -        -        -        -        -\n"));
}

TEST(StabilityReport, RefusesPointsWithoutEyeCorners) {
  try {
    StabilityReport(Nose1(), {});
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("nose1 has no eye corners"));
  }
}

}  // namespace
}  // namespace nosetip
