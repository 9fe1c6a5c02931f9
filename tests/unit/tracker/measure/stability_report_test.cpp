#include "tracker/measure/stability_report.h"

#include <cmath>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/expressive_face.h"
#include "tests/support/fake_scene.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(StabilityReport, SetsPlainAndSmoothedBesideEachOther) {
  StabilityReport report(Ibug68(), {});
  for (int i = 0; i < 30; ++i) {
    TrackResult result;
    result.pts_s = 0.04 * i;
    TrackedFace face;
    face.landmarks.points_px = FakePoints(BoxAt(100, 100), 68);
    face.landmarks.points_px[8].y += i % 2 == 0 ? 0.5F : -0.5F;
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
  EXPECT_GT(number_after("plain"), 0.1);
  EXPECT_LT(number_after("smoothed"), 0.5 * number_after("plain"));
  EXPECT_THAT(report.Finish(), HasSubstr("of 0 with a face"));  // nothing is kept
}

TEST(StabilityReport, DoesNotCountFacesWithoutPoints) {
  StabilityReport report(Ibug68(), {});
  for (int i = 0; i < 30; ++i) {
    TrackResult result;
    result.pts_s = 0.04 * i;
    result.faces.resize(1);
    if (i % 3 > 0) result.faces[0].landmarks.points_px = FakePoints(BoxAt(100, 100), 68);
    report.Add(result);
  }
  EXPECT_THAT(report.Finish(), HasSubstr("of 20 with a face"));
}

TEST(StabilityReport, SaysMoreWhereTheCameraPathIsKnown) {
  CameraPath path{"clip.path.csv", {640, 480}, {}};
  std::vector<TrackResult> results;
  for (int i = 0; i < 60; ++i) {
    const float turn = 0.2F * static_cast<float>(i);
    path.frame_from_picture.push_back(
        Affine2::Similarity(2.0F, 0.0F, {60.0F * std::sin(turn), 40.0F * std::cos(turn)}));
    TrackResult result;
    result.pts_s = 0.04 * i;
    TrackedFace face;
    for (const Point2f p : FakePoints(BoxAt(100, 100), 68)) {
      face.landmarks.points_px.push_back(path.frame_from_picture.back().Apply(p));
    }
    result.faces.push_back(face);
    results.push_back(result);
  }
  results[30].faces.clear();
  StabilityReport report(Ibug68(), {}, {{1, path}});
  const auto finish = [&](size_t table, size_t frames, bool to_its_end) {
    for (size_t i = 0; i < frames; ++i) report.Add(results[i]);
    return report.Finish(table, to_its_end);
  };
  EXPECT_THAT(finish(0, 60, true), Not(HasSubstr("camera path")));
  const std::string text = finish(1, 60, true);
  EXPECT_THAT(text,
              HasSubstr("by the camera path clip.path.csv: 54 fast frames, 1 without a face"));
  EXPECT_THAT(text,
              HasSubstr("lag frames    error %      jaw    brows     nose     eyes    mouth"));
  EXPECT_THAT(text, HasSubstr("plain            0.00      0.000    0.000    0.000"));
  EXPECT_THAT(text, HasSubstr("followed          "));
  EXPECT_THAT(finish(1, 20, false), HasSubstr("followed           19 "));
  EXPECT_THROW(finish(1, 20, true), Error);
}

TEST(StabilityReport, SaysWhatIsLeftOfBlinksAndSpeech) {
  StabilityReport report(Ibug68(), {});
  for (int i = 0; i < 120; ++i) {
    const bool shut = i % 60 >= 30 && i % 60 < 34;
    TrackResult result;
    result.pts_s = 0.04 * i;
    TrackedFace face;
    face.landmarks.points_px = ExpressiveFace(shut ? 0.05 : 0.3, 0.15 + 0.1 * std::sin(0.8 * i));
    result.faces.push_back(face);
    report.Add(result);
  }
  const std::string text = report.Finish();
  const auto number_after = [&](const std::string& words) {
    const size_t at = text.find(words);
    return at == std::string::npos ? -1.0 : std::stod(text.substr(at + words.size()));
  };
  EXPECT_GT(number_after("kept of blinks (2): "), 90.0);
  EXPECT_GT(number_after("kept of fast mouth motion: "), 90.0);
  EXPECT_THAT(text, HasSubstr(" frames late\n"));
}

TEST(StabilityReport, HasADashWhereNothingHeldStill) {
  const std::string text = StabilityReport(Ibug68(), {}).Finish();
  EXPECT_THAT(
      text,
      HasSubstr("plain               -          -        -        -        -        -        -\n"));
  EXPECT_THAT(text, HasSubstr("kept of blinks (0): -\n  kept of fast mouth motion: -\n"));
}

TEST(StabilityReport, RefusesPointsWithoutEyeCorners) {
  EXPECT_THAT(MessageOf([] { StabilityReport(Nose1(), {}); }),
              HasSubstr("nose1 has no eye corners"));
}

}  // namespace
}  // namespace nosetip
