#include "assets/samples/sample_clip.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

// Where the face is in a frame: bounds of its box, which may be turned.
RectF FaceInFrame(SamplePath path, int frame) {
  const Affine2 frame_from_picture = SampleFrameFromPicture(path, frame);
  const RectF& face = kSampleFaceInPicture;
  std::array<Point2f, 4> corners = {Point2f{face.x, face.y},
                                    {face.x + face.width, face.y},
                                    {face.x, face.y + face.height},
                                    {face.x + face.width, face.y + face.height}};
  for (Point2f& corner : corners) corner = frame_from_picture.Apply(corner);
  return BoundsOf(corners);
}

bool IsWhole(const RectF& box) {
  return box.x >= 0.0F && box.y >= 0.0F && box.x + box.width < kSampleWidthPx &&
         box.y + box.height < kSampleHeightPx;
}

bool IsGone(const RectF& box) { return box.y + box.height < 0.0F; }

// A picture of one gray level, as large as the portrait.
Image Plain(uint8_t level) {
  Image image(512, 512);
  std::fill(image.rgb.begin(), image.rgb.end(), level);
  return image;
}

// Mean and standard deviation of the differences of neighbors, which are free of the light.
struct Spread {
  double mean = 0.0;
  double noise = 0.0;
};

Spread SpreadOf(const Image& image) {
  double sum = 0.0;
  double squares = 0.0;
  double count = 0.0;
  for (size_t i = 0; i + 3 < image.rgb.size(); i += 3) {
    const double step = image.rgb[i + 3] - image.rgb[i];
    sum += image.rgb[i];
    squares += step * step;
    count += 1.0;
  }
  return {sum / count, std::sqrt(0.5 * squares / count)};
}

TEST(SampleClip, ShowsTheWholeFaceInEveryFrameOfTheWanderingPath) {
  for (int frame = 0; frame < kSampleFrameCount; ++frame) {
    EXPECT_TRUE(IsWhole(FaceInFrame(SamplePath::kWander, frame))) << "frame " << frame;
  }
}

TEST(SampleClip, LosesTheFaceForTheStatedFramesOfTheLeavingPath) {
  for (int frame = 0; frame < kSampleFrameCount; ++frame) {
    const bool gone = frame >= kSampleGoneFirst && frame <= kSampleGoneLast;
    const RectF face = FaceInFrame(SamplePath::kLeave, frame);
    if (gone) {
      EXPECT_TRUE(IsGone(face)) << "frame " << frame;
    }
    // On its way out and in the face is cut for a moment.
    if (frame < 90 || frame > 220) {
      EXPECT_TRUE(IsWhole(face)) << "frame " << frame;
    }
  }
}

TEST(SampleClip, MovesWithoutJumps) {
  for (const SamplePath path : {SamplePath::kWander, SamplePath::kLeave}) {
    for (int frame = 1; frame < kSampleFrameCount; ++frame) {
      const Point2f before = FaceInFrame(path, frame - 1).Center();
      EXPECT_LT(Distance(FaceInFrame(path, frame).Center(), before), 25.0F) << "frame " << frame;
    }
  }
}

TEST(SampleClip, PutsThePictureWhereThePathSays) {
  Image picture = Plain(0);
  for (int y = 127; y < 131; ++y) {
    for (int x = 223; x < 227; ++x) std::fill_n(picture.At(x, y), 3, uint8_t{255});
  }
  for (const int frame : {0, 37, 111, 250}) {
    const Image image = RenderSampleFrame(picture, SamplePath::kWander, frame);
    Point2f sum;
    float weight = 0.0F;
    for (int y = 0; y < image.height_px; ++y) {
      for (int x = 0; x < image.width_px; ++x) {
        if (image.At(x, y)[1] < 60) continue;  // the sensor's noise
        const float level = image.At(x, y)[1];
        sum = sum + level * Point2f{static_cast<float>(x), static_cast<float>(y)};
        weight += level;
      }
    }
    ASSERT_GT(weight, 0.0F) << "frame " << frame;
    const Point2f expected =
        SampleFrameFromPicture(SamplePath::kWander, frame).Apply({224.5F, 128.5F});
    EXPECT_LT(Distance((1.0F / weight) * sum, expected), 0.4F) << "frame " << frame;
  }
}

TEST(SampleClip, ChangesTheLightAndAddsNoise) {
  double darkest = 255.0;
  double brightest = 0.0;
  for (int frame = 0; frame < kSampleFrameCount; frame += 25) {
    const Spread spread = SpreadOf(RenderSampleFrame(Plain(150), SamplePath::kWander, frame));
    EXPECT_GT(spread.noise, 3.0) << "frame " << frame;
    EXPECT_LT(spread.noise, 9.0) << "frame " << frame;
    darkest = std::min(darkest, spread.mean);
    brightest = std::max(brightest, spread.mean);
  }
  EXPECT_GT(brightest - darkest, 40.0);
}

TEST(SampleClip, IsTheSameEveryTimeAndNewInEachFrame) {
  const Image picture = Plain(150);
  const auto render = [&](int frame) {
    return RenderSampleFrame(picture, SamplePath::kWander, frame).rgb;
  };
  EXPECT_EQ(render(17), render(17));
  EXPECT_NE(render(17), render(18));
}

}  // namespace
}  // namespace nosetip
