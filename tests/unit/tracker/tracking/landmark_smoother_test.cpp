#include "tracker/tracking/landmark_smoother.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <span>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/expressive_face.h"
#include "tests/support/fake_scene.h"
#include "tests/unit/tracker/tracking/tracker_fixture.h"
#include "tracker/core/error.h"
#include "tracker/measure/motion_kept.h"
#include "tracker/measure/stability.h"

namespace nosetip {
namespace {

SmoothingOptions On(float strength = 1.0F) { return {.smooth = true, .strength = strength}; }

TrackResult ResultOf(int frame, std::vector<Point2f> points, int id = 0) {
  TrackResult result;
  result.pts_s = 0.04 * frame;
  TrackedFace face;
  face.id = id;
  face.box.rect = BoundsOf(points);
  face.landmarks.points_px = std::move(points);
  result.faces.push_back(std::move(face));
  return result;
}

std::vector<Point2f> FaceAt(float x, float y, float side = 100.0F) {
  return FakePoints(BoxAt(x, y, side), Ibug68().count);
}

// Each point shaken by a deviation of `px` in every frame.
std::vector<Point2f> Shaken(std::vector<Point2f> points, float px, std::mt19937& random) {
  std::normal_distribution<float> noise(0.0F, px);
  for (Point2f& p : points) p = p + Point2f{noise(random), noise(random)};
  return points;
}

double RmsPx(const std::vector<Point2f>& a, const std::vector<Point2f>& b) {
  double sum = 0.0;
  for (size_t k = 0; k < a.size(); ++k) sum += std::pow(Distance(a[k], b[k]), 2.0);
  return std::sqrt(sum / static_cast<double>(a.size()));
}

// How far points move from frame to frame that only tremble, on a face of `side` pixels, as a part
// of what they move without smoothing. They tremble by 0.5 % of the eye distance.
double TrembleLeft(float side, const SmoothingOptions& options) {
  LandmarkSmoother smoother(Ibug68(), options);
  std::mt19937 random(3);
  const auto truth = FaceAt(300.0F, 200.0F, side);
  const float noise_px = 0.002F * side;
  std::vector<Point2f> before;
  double sum = 0.0;
  for (int i = 0; i < 80; ++i) {
    TrackResult result = ResultOf(i, Shaken(truth, noise_px, random));
    smoother.Smooth(result);
    const auto& points = result.faces[0].landmarks.points_px;
    if (i >= 40) sum += RmsPx(points, before);
    before = points;
  }
  return sum / 40.0 / (2.0 * noise_px);
}

// How far from the truth points are that shake by 1.25 % of the eye distance, as a part of what
// they are without smoothing.
double ErrorLeft(float side, const SmoothingOptions& options) {
  LandmarkSmoother smoother(Ibug68(), options);
  std::mt19937 random(3);
  const auto truth = FaceAt(300.0F, 200.0F, side);
  const float noise_px = 0.005F * side;
  double sum = 0.0;
  for (int i = 0; i < 80; ++i) {
    TrackResult result = ResultOf(i, Shaken(truth, noise_px, random));
    smoother.Smooth(result);
    if (i >= 40) sum += RmsPx(result.faces[0].landmarks.points_px, truth);
  }
  return sum / 40.0 / (std::sqrt(2.0) * noise_px);
}

TEST(LandmarkSmoother, BringsShakingPointsNearerToTheTruth) {
  EXPECT_LT(ErrorLeft(100.0F, On()), 0.85);
}

TEST(LandmarkSmoother, ChangesNothingWhereItIsOffOrHasNoStrength) {
  for (const SmoothingOptions& options : {SmoothingOptions{}, On(0.0F)}) {
    LandmarkSmoother smoother(Ibug68(), options);
    std::mt19937 random(1);
    for (int i = 0; i < 5; ++i) {
      TrackResult result = ResultOf(i, Shaken(FaceAt(100, 100), 1.0F, random));
      const auto before = result.faces[0].landmarks.points_px;
      smoother.Smooth(result);
      EXPECT_EQ(result.faces[0].landmarks.points_px, before);
    }
  }
}

TEST(LandmarkSmoother, LeavesTheFirstSightOfAFaceAsItIs) {
  LandmarkSmoother smoother(Ibug68(), On());
  TrackResult result = ResultOf(0, FaceAt(120, 90));
  smoother.Smooth(result);
  EXPECT_LT(RmsPx(result.faces[0].landmarks.points_px, FaceAt(120, 90)), 0.01);
}

TEST(LandmarkSmoother, CalmsNoiseAndMoreOfItWhenStronger) {
  EXPECT_LT(TrembleLeft(100.0F, On()), 0.3);
  EXPECT_LT(TrembleLeft(100.0F, On(4.0F)), 0.75 * TrembleLeft(100.0F, On()));
}

TEST(LandmarkSmoother, DoesTheSameToLargeAndSmallFaces) {
  EXPECT_NEAR(TrembleLeft(40.0F, On()), TrembleLeft(400.0F, On()), 0.01);
}

TEST(LandmarkSmoother, KeepsUpWithAFaceThatMovesFast) {
  LandmarkSmoother smoother(Ibug68(), On());
  constexpr float kPerFramePx = 12.0F;
  double behind_px = 0.0;
  for (int i = 0; i < 30; ++i) {
    const auto truth = FaceAt(100.0F + kPerFramePx * static_cast<float>(i), 200.0F);
    TrackResult result = ResultOf(i, truth);
    smoother.Smooth(result);
    behind_px = RmsPx(result.faces[0].landmarks.points_px, truth);
  }
  EXPECT_LT(behind_px, 0.3 * kPerFramePx);  // frames behind
}

TEST(LandmarkSmoother, CalmsPointsOfLowConfidenceMore) {
  const auto step_taken = [](float confidence) {
    LandmarkSmoother smoother(Ibug68(), On());
    TrackResult result;
    for (int i = 0; i < 4; ++i) {
      auto points = FaceAt(200, 200);
      if (i > 0) points[8].y += 3.0F;
      result = ResultOf(i, points);
      result.faces[0].landmarks.confidence.assign(68, 1.0F);
      result.faces[0].landmarks.confidence[8] = confidence;
      smoother.Smooth(result);
    }
    return result.faces[0].landmarks.points_px[8].y - FaceAt(200, 200)[8].y;
  };
  EXPECT_LT(step_taken(0.0F), 0.8F * step_taken(1.0F));
}

// A face that holds still, blinks at every 50th frame for 6 frames and talks from frame 200 on,
// with a noise of 0.2 % of the eye distance.
std::vector<TrackResult> BlinkingFace() {
  constexpr std::array kShutting = {0.5, 1.0, 1.0, 0.9, 0.6, 0.3};
  std::mt19937 random(2);
  std::vector<TrackResult> track;
  for (int i = 0; i < 300; ++i) {
    const auto at = static_cast<size_t>(i % 50);
    const double shut = at >= 30 && at < 30 + kShutting.size() ? kShutting[at - 30] : 0.0;
    const double mouth = i < 200 ? 0.0 : 0.1 - 0.1 * std::cos(1.2 * (i - 200));
    track.push_back(ResultOf(i, Shaken(ExpressiveFace(0.3 - 0.25 * shut, mouth), 0.2F, random)));
  }
  return track;
}

TEST(LandmarkSmoother, KeepsBlinksAndSpeechAtTheirTimeAndCalmsWhatIsAtRest) {
  const std::vector<TrackResult> raw = BlinkingFace();
  std::vector<TrackResult> smoothed = raw;
  LandmarkSmoother smoother(Ibug68(), On());
  for (TrackResult& result : smoothed) smoother.Smooth(result);
  const MotionKept kept = MeasureMotionKept(smoothed, raw, Ibug68());
  EXPECT_EQ(kept.blinks, 6);
  EXPECT_GT(*kept.blink_share, 0.94);  // the deepest raw frame is so by noise, too
  EXPECT_LT(*kept.blink_delay_frames, 0.5);
  EXPECT_GT(*kept.mouth_share, 0.97);
  EXPECT_LT(*kept.mouth_delay_frames, 0.5);
  const std::span still(raw.data(), 30);  // before the first blink
  const double before = *MeasureStability(still, still, Ibug68()).jitter_percent;
  const double after =
      *MeasureStability(std::span(smoothed.data(), 30), still, Ibug68()).jitter_percent;
  EXPECT_LT(after, 0.3 * before);
}

TEST(LandmarkSmoother, TellsFacesApartAndForgetsThoseThatLeave) {
  LandmarkSmoother smoother(Ibug68(), On());
  TrackResult both = ResultOf(0, FaceAt(100, 100), 4);
  both.faces.push_back(ResultOf(0, FaceAt(400, 100), 7).faces[0]);
  smoother.Smooth(both);
  EXPECT_LT(RmsPx(both.faces[1].landmarks.points_px, FaceAt(400, 100)), 0.05);
  TrackResult one = ResultOf(1, FaceAt(100, 100), 4);
  smoother.Smooth(one);
  TrackResult back = ResultOf(2, FaceAt(300, 250), 7);  // elsewhere: a filter would drag it
  smoother.Smooth(back);
  EXPECT_LT(RmsPx(back.faces[0].landmarks.points_px, FaceAt(300, 250)), 0.05);
}

TEST(LandmarkSmoother, WorksForASinglePoint) {
  LandmarkSmoother smoother(Nose1(), On());
  Point2f last;
  for (int i = 0; i < 20; ++i) {
    const float x = i % 2 == 0 ? 50.0F : 50.4F;
    TrackResult result = ResultOf(i, {{x, 60.0F}});
    smoother.Smooth(result);
    last = result.faces[0].landmarks.points_px[0];
  }
  EXPECT_NEAR(last.y, 60.0F, 1e-3);
  EXPECT_GE(last.x, 50.0F);
  EXPECT_LE(last.x, 50.4F);
}

TEST(LandmarkSmoother, PassesATurnBeyondHalfACircle) {
  LandmarkSmoother smoother(Ibug68(), On());
  double error_px = 0.0;
  for (int i = 0; i < 60; ++i) {
    const Affine2 turn = Affine2::Similarity(1.0F, 0.15F * static_cast<float>(i), {300.0F, 300.0F});
    auto points = FaceAt(0.0F, 0.0F);
    for (Point2f& p : points) p = turn.Apply(p);
    TrackResult result = ResultOf(i, points);
    smoother.Smooth(result);
    error_px = std::max(error_px, RmsPx(result.faces[0].landmarks.points_px, points));
  }
  EXPECT_LT(error_px, 6.0);
}

TEST(LandmarkSmoother, RefusesAStrengthOutOfRange) {
  EXPECT_THROW(LandmarkSmoother(Ibug68(), On(-1.0F)), Error);
}

// Faces are followed by what was located: with smoothing the boxes that the network sees are the
// same, and only what is given out differs.
TEST_F(TrackerTest, SmoothsWhatItGivesOutAndNotWhatItFollows) {
  TrackerOptions smooth;
  smooth.smoothing = On(10.0F);
  Tracker plain = MakeTracker();
  Tracker smoothed = MakeTracker(smooth);
  bool differs = false;
  for (int i = 0; i < 20; ++i) {
    scene_->faces = {{BoxAt(200.0F + (i % 2 == 0 ? 0.0F : 2.0F), 200.0F)}};
    const TrackResult a = Step(plain);
    const TrackResult b = Step(smoothed);
    ASSERT_EQ(a.faces.size(), 1U);
    ASSERT_EQ(b.faces.size(), 1U);
    EXPECT_FLOAT_EQ(a.faces[0].confidence, b.faces[0].confidence);
    EXPECT_EQ(b.faces[0].box.rect, BoundsOf(b.faces[0].landmarks.points_px));
    differs =
        differs || RmsPx(a.faces[0].landmarks.points_px, b.faces[0].landmarks.points_px) > 0.5;
  }
  EXPECT_TRUE(differs);
}

constexpr double kFrameS = 1.0 / 30.0;

TEST(OneEuroFilter, LeavesAConstantSignalAlone) {
  OneEuroFilter filter;
  for (int i = 0; i < 50; ++i) EXPECT_DOUBLE_EQ(filter.Filter(7.5, kFrameS, {1.0, 2.0}), 7.5);
}

// Of a step, 1 / (1 + 1 / (2 pi cutoff dt)) is taken over in each frame.
TEST(OneEuroFilter, TakesAStepOverAsItsCutoffSays) {
  OneEuroFilter filter;
  const OneEuroSettings settings{2.0, 0.0};
  filter.Filter(0.0, kFrameS, settings);
  const double turns = 2.0 * 3.14159265358979 * 2.0 * kFrameS;
  const double part = turns / (1.0 + turns);
  EXPECT_NEAR(filter.Filter(1.0, kFrameS, settings), part, 1e-9);
  EXPECT_NEAR(filter.Filter(1.0, kFrameS, settings), 1.0 - (1.0 - part) * (1.0 - part), 1e-9);
}

TEST(OneEuroFilter, CalmsASmallTremor) {
  OneEuroFilter filter;
  double largest = 0.0;
  for (int i = 0; i < 200; ++i) {
    const double out = filter.Filter(i % 2 == 0 ? 0.01 : -0.01, kFrameS, {1.0, 5.0});
    if (i > 50) largest = std::max(largest, std::abs(out));
  }
  EXPECT_LT(largest, 0.3 * 0.01);
}

TEST(OneEuroFilter, RunsLessBehindAFastSignalWithASpeedTerm) {
  const auto behind = [](double per_speed) {
    OneEuroFilter filter;
    double out = 0.0;
    for (int i = 0; i < 60; ++i) out = filter.Filter(0.1 * i, kFrameS, {1.0, per_speed});
    return 0.1 * 59 - out;
  };
  EXPECT_GT(behind(0.0), 0.3);
  EXPECT_LT(behind(20.0), 0.05);
}

}  // namespace

}  // namespace nosetip
