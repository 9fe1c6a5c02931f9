#include "tracker/measure/stability.h"

#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "tests/support/fake_scene.h"

namespace nosetip {
namespace {

struct Motion {
  float per_frame = 0.0F;  // of the face's center, eye distances
  float noise = 0.0F;      // deviation of each coordinate, eye distances
  float drift = 0.0F;      // of the chin alone, eye distances a frame
  int late = 0;            // frames
};

// There and back, over 40 frames.
std::vector<TrackResult> Track(const Motion& motion, int frames = 120) {
  std::mt19937 random(5);
  const auto still = FakePoints(BoxAt(0.0F, 0.0F, 100.0F), Ibug68().count);
  const float unit = Distance(still[36], still[45]);
  std::normal_distribution<float> noise(0.0F, 1.0F);
  std::vector<TrackResult> results;
  for (int i = 0; i < frames; ++i) {
    const int at = std::max(0, i - motion.late) % 80;
    const float x = motion.per_frame * static_cast<float>(at < 40 ? at : 80 - at);
    TrackResult result;
    TrackedFace face;
    for (const Point2f p : still) {
      const Point2f shake{motion.noise * noise(random), motion.noise * noise(random)};
      face.landmarks.points_px.push_back(p + unit * (shake + Point2f{x, 0.0F}));
    }
    face.landmarks.points_px[8].y += unit * motion.drift * static_cast<float>(i);
    result.faces.push_back(face);
    results.push_back(result);
  }
  return results;
}

Stability Measure(const Motion& track, const Motion& reference) {
  return MeasureStability(Track(track), Track(reference), Ibug68());
}

TEST(MeasureStability, FindsTheNoiseOfAStillFace) {
  const Stability measured = Measure({.noise = 0.002F}, {});
  EXPECT_EQ(measured.frames, 120);
  EXPECT_EQ(measured.still_moments, 8);
  ASSERT_TRUE(measured.jitter_percent);
  // Two coordinates, less what each point's line and mean take: two of 15 frames.
  EXPECT_NEAR(*measured.jitter_percent, 0.2 * std::sqrt(2.0 * 13.0 / 15.0), 0.02);
  EXPECT_FALSE(measured.lag_frames);
}

TEST(MeasureStability, DoesNotTakeMotionOfTheWholeFaceOrSlowChangeForNoise) {
  EXPECT_LT(*Measure({.per_frame = 0.005F}, {.per_frame = 0.005F}).jitter_percent, 0.01);
  EXPECT_LT(*Measure({.drift = 0.002F}, {.drift = 0.002F}).jitter_percent, 0.02);
}

TEST(MeasureStability, TellsInWhichPartOfTheFaceTheNoiseIs) {
  std::mt19937 random(5);
  std::normal_distribution<float> noise(0.0F, 0.5F);
  std::vector<TrackResult> track = Track({});
  for (TrackResult& result : track) {
    for (size_t k = 48; k < 68; ++k) {
      Point2f& p = result.faces[0].landmarks.points_px[k];
      p = p + Point2f{noise(random), noise(random)};
    }
  }
  const Stability measured = MeasureStability(track, Track({}), Ibug68());
  ASSERT_EQ(measured.part_jitter_percent.size(), 5U);
  const double mouth = measured.part_jitter_percent[4];
  for (size_t part = 0; part < 4; ++part) {
    EXPECT_LT(measured.part_jitter_percent[part], 0.4 * mouth) << Ibug68().parts[part].name;
  }
  EXPECT_LT(*measured.jitter_percent, 0.7 * mouth);
  EXPECT_TRUE(
      MeasureStability(track, Track({.per_frame = 0.06F}), Ibug68()).part_jitter_percent.empty());
}

TEST(MeasureStability, FindsByHowManyFramesATrackIsLate) {
  const Motion fast{.per_frame = 0.06F};
  Motion late = fast;
  EXPECT_NEAR(*Measure(late, fast).lag_frames, 0.0, 0.03);
  late.late = 2;
  const Stability measured = Measure(late, fast);
  EXPECT_NEAR(*measured.lag_frames, 2.0, 0.05);
  EXPECT_FALSE(measured.jitter_percent);
  EXPECT_GT(measured.fast_frames, 90);
}

TEST(MeasureStability, StartsAnewWhereTheFaceIsAnotherOrGone) {
  std::vector<TrackResult> track = Track({.noise = 0.002F}, 40);
  track[20].faces.clear();
  for (size_t i = 30; i < track.size(); ++i) track[i].faces[0].id = 1;
  const Stability measured = MeasureStability(track, track, Ibug68());
  EXPECT_EQ(measured.frames, 39);
  EXPECT_EQ(measured.still_moments, 1);  // only the first 20 frames are long enough
}

}  // namespace
}  // namespace nosetip
