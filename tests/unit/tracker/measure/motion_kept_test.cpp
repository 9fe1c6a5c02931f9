#include "tracker/measure/motion_kept.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/expressive_face.h"

namespace nosetip {
namespace {

constexpr int kFrames = 150;

TrackResult FaceWith(double openness, double mouth) {
  TrackResult result;
  TrackedFace face;
  face.landmarks.points_px = ExpressiveFace(openness, mouth);
  result.faces.push_back(face);
  return result;
}

using Curve = std::function<double(double frame)>;

std::vector<TrackResult> Track(const Curve& openness, const Curve& mouth) {
  std::vector<TrackResult> track;
  for (int i = 0; i < kFrames; ++i) track.push_back(FaceWith(openness(i), mouth(i)));
  return track;
}

// Shut at frames 50 and 100, of which `part` is done.
double Blinking(double frame, double part) {
  const double from = std::min(std::abs(frame - 50.0), std::abs(frame - 100.0));
  return 0.3 - part * 0.25 * std::exp(-from * from / 8.0);
}

double Speech(double frame, double part) { return 0.1 + part * 0.1 * std::sin(0.9 * frame); }

TEST(MeasureMotionKept, FindsAllOfAnUnchangedTrack) {
  const auto track =
      Track([](double i) { return Blinking(i, 1.0); }, [](double i) { return Speech(i, 1.0); });
  const MotionKept kept = MeasureMotionKept(track, track, Ibug68());
  EXPECT_EQ(kept.blinks, 2);
  EXPECT_NEAR(*kept.blink_share, 1.0, 1e-6);
  EXPECT_NEAR(*kept.blink_delay_frames, 0.0, 1e-6);
  EXPECT_NEAR(*kept.mouth_share, 1.0, 1e-6);
  EXPECT_NEAR(*kept.mouth_delay_frames, 0.0, 1e-6);
}

TEST(MeasureMotionKept, FindsWhatIsLeftAndHowLateItIs) {
  const auto raw =
      Track([](double i) { return Blinking(i, 1.0); }, [](double i) { return Speech(i, 1.0); });
  const auto smoothed = Track([](double i) { return Blinking(i - 2.0, 0.6); },
                              [](double i) { return Speech(i - 1.0, 0.8); });
  const MotionKept kept = MeasureMotionKept(smoothed, raw, Ibug68());
  EXPECT_EQ(kept.blinks, 2);
  EXPECT_NEAR(*kept.blink_share, 0.6, 0.01);
  EXPECT_NEAR(*kept.blink_delay_frames, 2.0, 0.3);
  EXPECT_NEAR(*kept.mouth_share, 0.8, 0.02);
  EXPECT_NEAR(*kept.mouth_delay_frames, 1.0, 0.3);
}

TEST(MeasureMotionKept, TakesNoSlowChangeForABlink) {
  const auto slowly = [](double i) {
    return i < 75.0 ? 0.3 : std::max(0.2, 0.3 - 0.002 * (i - 75.0));
  };
  const auto track = Track(slowly, [](double) { return 0.1; });
  const MotionKept kept = MeasureMotionKept(track, track, Ibug68());
  EXPECT_EQ(kept.blinks, 0);
  EXPECT_FALSE(kept.blink_share);
  EXPECT_FALSE(kept.mouth_share);
}

TEST(MeasureMotionKept, TakesNoNoiseForSpeech) {
  const auto trembling = [](double i) { return 0.1 + 0.004 * std::sin(2.0 * i); };
  const auto track = Track([](double) { return 0.3; }, trembling);
  EXPECT_FALSE(MeasureMotionKept(track, track, Ibug68()).mouth_share);
}

TEST(MeasureMotionKept, StartsAnewWhereTheFaceIsAnotherOrGone) {
  auto track = Track([](double i) { return Blinking(i, 1.0); }, [](double) { return 0.1; });
  for (size_t i = 40; i < 75; ++i) track[i].faces.clear();
  for (size_t i = 75; i < track.size(); ++i) track[i].faces[0].id = 1;
  EXPECT_EQ(MeasureMotionKept(track, track, Ibug68()).blinks, 1);
}

TEST(MeasureMotionKept, IsEmptyForPointsWithoutEyes) {
  std::vector<TrackResult> track(20, FaceWith(0.3, 0.1));
  for (TrackResult& result : track) result.faces[0].landmarks.points_px.resize(1);
  const MotionKept kept = MeasureMotionKept(track, track, Nose1());
  EXPECT_EQ(kept.blinks, 0);
  EXPECT_FALSE(kept.mouth_share);
}

}  // namespace
}  // namespace nosetip
