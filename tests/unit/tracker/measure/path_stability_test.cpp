#include "tracker/measure/path_stability.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

#include <gtest/gtest.h>

#include "tests/support/fake_scene.h"

namespace nosetip {
namespace {

constexpr int kFrames = 200;

const std::vector<Point2f>& Face() {
  static const auto kFace = FakePoints(BoxAt(300.0F, 200.0F, 100.0F), Ibug68().count);
  return kFace;
}

double EyeDistance() { return Distance(Face()[36], Face()[45]); }

// To and fro, nearer and farther, turning; at a time in frames.
Affine2 Wander(double time) {
  const auto swing = [&](double period) {
    return static_cast<float>(std::sin(2.0 * 3.14159265 * time / period));
  };
  return Affine2::Similarity(1.5F + 0.3F * swing(97.0), 0.2F * swing(61.0),
                             {100.0F * swing(53.0), 60.0F * swing(41.0)});
}

Affine2 StandStill(double) { return Affine2::Similarity(1.5F, 0.1F, {20.0F, 30.0F}); }

using PathOf = std::function<Affine2(double)>;

std::vector<Affine2> Path(const PathOf& path, int frames = kFrames) {
  std::vector<Affine2> places;
  for (int i = 0; i < frames; ++i) places.push_back(path(i));
  return places;
}

// The face's points seen `late` frames ago, each coordinate off by noise in pixels of the picture.
std::vector<TrackResult> Track(const PathOf& path, double noise_px, double late = 0.0,
                               int frames = kFrames) {
  std::mt19937 random(5);
  std::normal_distribution<float> noise(0.0F, 1.0F);
  std::vector<TrackResult> results;
  for (int i = 0; i < frames; ++i) {
    const Affine2 frame_from_picture = path(i - late);
    TrackedFace face;
    for (const Point2f p : Face()) {
      const Point2f off{noise(random), noise(random)};
      face.landmarks.points_px.push_back(
          frame_from_picture.Apply(p + static_cast<float>(noise_px) * off));
    }
    face.box.rect = BoundsOf(face.landmarks.points_px);
    results.emplace_back();
    results.back().faces.push_back(face);
  }
  return results;
}

PathStability Measure(const PathOf& path, double noise_px, double late = 0.0) {
  return MeasureOnPath(Track(path, noise_px, late), Path(path), Ibug68());
}

TEST(MeasureOnPath, FindsTheNoiseOfPointsWhateverTheCameraDoes) {
  const double percent = 100.0 * std::sqrt(2.0) * 0.5 / EyeDistance();  // two coordinates
  for (const auto& path : {PathOf(Wander), PathOf(StandStill)}) {
    const PathStability measured = Measure(path, 0.5);
    EXPECT_EQ(measured.frames, kFrames);
    EXPECT_EQ(measured.frames_without, 0);
    EXPECT_NEAR(measured.error_percent.value(), percent, 0.02 * percent);
    EXPECT_NEAR(measured.move_percent.value(), std::sqrt(2.0) * percent, 0.03 * percent);
  }
  EXPECT_LT(*Measure(Wander, 0.0).error_percent, 0.001);
}

TEST(MeasureOnPath, TellsInWhichPartOfTheFaceTheErrorIs) {
  std::vector<TrackResult> track = Track(StandStill, 0.0);
  for (size_t i = 0; i < track.size(); i += 2) {
    for (size_t k = 48; k < 68; ++k) track[i].faces[0].landmarks.points_px[k].x += 3.0F;
  }
  const PathStability measured = MeasureOnPath(track, Path(StandStill), Ibug68());
  ASSERT_EQ(measured.part_error_percent.size(), 5U);
  for (size_t part = 0; part < 4; ++part) EXPECT_LT(measured.part_error_percent[part], 0.001);
  // Half of the time 1.5 px to either side of the mean, in frames that are 1.5 times as large.
  EXPECT_NEAR(measured.part_error_percent[4], 100.0 / EyeDistance(), 0.01);
  EXPECT_NEAR(*measured.error_percent, 100.0 / EyeDistance() * std::sqrt(20.0 / 68.0), 0.01);
}

TEST(MeasureOnPath, SlowErrorsAreHardlyMoves) {
  std::vector<TrackResult> track = Track(StandStill, 0.0);
  for (size_t i = 0; i < track.size(); ++i) {
    track[i].faces[0].landmarks.points_px[8].y += 0.1F * static_cast<float>(i);
  }
  const PathStability measured = MeasureOnPath(track, Path(StandStill), Ibug68());
  EXPECT_GT(*measured.error_percent, 50.0 * *measured.move_percent);
}

TEST(MeasureOnPath, FindsByHowManyFramesPointsAreLateOrEarly) {
  for (const double late : {-0.5, 0.0, 0.3, 1.0, 2.6}) {
    for (const double noise_px : {0.0, 0.5}) {
      const PathStability measured = Measure(Wander, noise_px, late);
      EXPECT_GT(measured.fast_frames, 40);
      EXPECT_NEAR(measured.lag_frames.value(), late, 0.04) << noise_px;
      // What is left of the lag: between two frames the path is taken to be straight.
      const double noise = 100.0 * std::sqrt(2.0) * noise_px / EyeDistance();
      EXPECT_NEAR(measured.no_lag_error_percent.value(), noise, 0.35) << late;
    }
  }
}

TEST(MeasureOnPath, HasNoLagWhereThePathStandsStill) {
  const PathStability measured = Measure(StandStill, 0.5);
  EXPECT_EQ(measured.fast_frames, 0);
  EXPECT_FALSE(measured.lag_frames || measured.no_lag_error_percent);
}

TEST(MeasureOnPath, LeavesOutFramesWithoutAFace) {
  std::vector<TrackResult> track = Track(Wander, 0.0);
  for (size_t i = 50; i < 80; ++i) track[i].faces.clear();
  const PathStability measured = MeasureOnPath(track, Path(Wander), Ibug68());
  EXPECT_EQ(measured.frames, kFrames - 30);
  EXPECT_EQ(measured.frames_without, 30);
  EXPECT_LT(*measured.error_percent, 0.001);
  EXPECT_NEAR(*measured.lag_frames, 0.0, 0.03);
}

TEST(MeasureOnPath, HasNothingToSayOfOneFrame) {
  std::vector<TrackResult> track = Track(Wander, 0.0);
  for (size_t i = 1; i < track.size(); ++i) track[i].faces.clear();
  const PathStability measured = MeasureOnPath(track, Path(Wander), Ibug68());
  EXPECT_EQ(measured.frames, 1);
  EXPECT_FALSE(measured.error_percent || measured.move_percent || measured.lag_frames);
  track[2] = Track(Wander, 0.0)[2];  // a second one, but not the next
  EXPECT_TRUE(MeasureOnPath(track, Path(Wander), Ibug68()).error_percent);
  EXPECT_FALSE(MeasureOnPath(track, Path(Wander), Ibug68()).move_percent);
  EXPECT_EQ(MeasureOnPath({}, {}, Ibug68()).frames, 0);
}

TEST(MeasureFollowedBoxes, AreWhereEvenMotionGoes) {
  const PathOf even = [](double time) {
    return Affine2::Similarity(1.0F, 0.0F, {10.0F * static_cast<float>(time), 0.0F});
  };
  std::vector<TrackResult> track = Track(even, 0.0, 0.0, 6);
  const BoxErrors errors = MeasureFollowedBoxes(track, Path(even, 6));
  EXPECT_EQ(errors.boxes, 5);
  // The first box has no motion to go by, and is a tenth of its side late.
  EXPECT_NEAR(errors.shift_x_mean, -0.1 / 5.0, 1e-4);
  EXPECT_NEAR(errors.shift_y_mean, 0.0, 1e-5);
  EXPECT_NEAR(errors.zoom_mean, 0.0, 1e-5);
  track[3].faces[0].id = 1;  // a face anew, and another one after it
  EXPECT_EQ(MeasureFollowedBoxes(track, Path(even, 6)).boxes, 3);
  track[3].faces.clear();
  EXPECT_EQ(MeasureFollowedBoxes(track, Path(even, 6)).boxes, 3);
}

TEST(MeasureFollowedBoxes, AreTooSmallWhereAFaceComesNearer) {
  const PathOf nearer = [](double time) {
    return Affine2::Similarity(std::pow(1.02F, static_cast<float>(time)), 0.0F, {});
  };
  const BoxErrors errors = MeasureFollowedBoxes(Track(nearer, 0.0), Path(nearer));
  EXPECT_NEAR(errors.zoom_mean, -std::log(1.02), 1e-3);
  EXPECT_NEAR(errors.zoom_deviation, 0.0, 1e-3);
}

Frame Plain(int64_t id, uint8_t level) {
  Frame frame;
  frame.id = id;
  frame.pts_s = 0.5;
  frame.image = Image(160, 120);
  std::fill(frame.image.rgb.begin(), frame.image.rgb.end(), level);
  return frame;
}

TEST(SensorNoise, HasTheDeviationThatIsAskedFor) {
  for (const double deviation : {2.0, 8.0, 20.0}) {
    const FramePtr noisy = WithSensorNoise(Plain(3, 128), deviation);
    double sum = 0.0;
    double squares = 0.0;
    for (const uint8_t level : noisy->image.rgb) {
      sum += level - 128.0;
      squares += (level - 128.0) * (level - 128.0);
    }
    const auto n = static_cast<double>(noisy->image.rgb.size());
    EXPECT_NEAR(sum / n, 0.0, 0.02 * deviation);
    EXPECT_NEAR(std::sqrt(squares / n - 1.0 / 12.0), deviation, 0.02 * deviation);  // of rounding
  }
}

TEST(SensorNoise, IsTheSameEveryTimeAndNewInEachFrame) {
  const auto noisy = [](int64_t id) { return WithSensorNoise(Plain(id, 128), 8.0)->image.rgb; };
  EXPECT_EQ(noisy(17), noisy(17));
  EXPECT_NE(noisy(17), noisy(18));
}

TEST(SensorNoise, KeepsTheRestOfTheFrameAndTheFrameItself) {
  const Frame frame = Plain(5, 250);
  const FramePtr noisy = WithSensorNoise(frame, 30.0);
  EXPECT_EQ(noisy->id, 5);
  EXPECT_EQ(noisy->pts_s, 0.5);
  EXPECT_EQ(noisy->image.width_px, 160);
  EXPECT_EQ(frame.image.rgb, Plain(5, 250).image.rgb);
  EXPECT_EQ(std::ranges::max(noisy->image.rgb), 255);  // and no wrapping around to dark
  EXPECT_GT(std::ranges::min(noisy->image.rgb), 100);
}

}  // namespace

}  // namespace nosetip
