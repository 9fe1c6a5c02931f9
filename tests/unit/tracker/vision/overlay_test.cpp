#include "tracker/vision/overlay.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "tracker/vision/head_pose.h"
#include "tracker/vision/intrinsics.h"

namespace nosetip {
namespace {

Image Gray(int width, int height) {
  Image image(width, height);
  std::fill(image.rgb.begin(), image.rgb.end(), uint8_t{128});
  return image;
}

// A face at `center` that is `size_px` wide: its points are those of the rigid model, the others on
// a circle.
TrackedFace MakeFace(const Image& image, Point2f center, float size_px) {
  TrackedFace face;
  face.id = 3;
  face.confidence = 0.9F;
  face.landmarks.points_px.resize(68);
  for (int i = 0; i < 68; ++i) {
    const float turn = 0.0924F * static_cast<float>(i);
    face.landmarks.points_px[static_cast<size_t>(i)] =
        center + 0.5F * size_px * Point2f{std::cos(turn), std::sin(turn)};
  }
  for (const ModelPoint& point : RigidFaceModel()) {
    const auto& p = point.head_mm;
    face.landmarks.points_px[static_cast<size_t>(point.landmark)] =
        center +
        size_px / 150.0F * Point2f{static_cast<float>(p[0]), static_cast<float>(p[1] - 50.0)};
  }
  face.box.rect = BoundsOf(face.landmarks.points_px);
  face.pose = EstimateHeadPose(face.landmarks.points_px, Ibug68(),
                               CameraForFrame({image.width_px, image.height_px}));
  return face;
}

Image DrawOne(const Image& image, const TrackedFace& face, const OverlayOptions& options = {}) {
  TrackResult result;
  result.faces = {face};
  return DrawOverlay(image, result, Ibug68(), options);
}

bool Changed(const Image& a, const Image& b, int x, int y) {
  return !std::equal(a.At(x, y), a.At(x, y) + 3, b.At(x, y));
}

int CountChanged(const Image& a, const Image& b) {
  int count = 0;
  for (int y = 0; y < a.height_px; ++y) {
    for (int x = 0; x < a.width_px; ++x) count += Changed(a, b, x, y) ? 1 : 0;
  }
  return count;
}

class OverlayAtSize : public testing::TestWithParam<std::pair<int, int>> {};

TEST_P(OverlayAtSize, ChangesPixelsOnlyNearTheFace) {
  const auto [width, height] = GetParam();
  const Image image = Gray(width, height);
  const float size = 0.3F * static_cast<float>(height);
  const TrackedFace face =
      MakeFace(image, {0.6F * static_cast<float>(width), 0.55F * static_cast<float>(height)}, size);
  const Image drawn = DrawOne(image, face);
  const RectF box = face.box.rect;
  int changed = 0;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      if (!Changed(image, drawn, x, y)) continue;
      ++changed;
      const auto fx = static_cast<float>(x);
      const auto fy = static_cast<float>(y);
      ASSERT_TRUE(fx > box.x - size && fx < box.x + box.width + size && fy > box.y - size &&
                  fy < box.y + box.height + size)
          << x << ", " << y;
    }
  }
  EXPECT_GT(changed, static_cast<int>(0.03F * size * size));
  EXPECT_LT(changed, static_cast<int>(1.2F * box.width * box.height));
}

INSTANTIATE_TEST_SUITE_P(Overlay, OverlayAtSize,
                         testing::Values(std::pair(160, 120), std::pair(400, 300),
                                         std::pair(1920, 1080), std::pair(3840, 2160)));

TEST(Overlay, MarksEachPoint) {
  const Image image = Gray(400, 300);
  const TrackedFace face = MakeFace(image, {200, 150}, 150);
  OverlayOptions only_points;
  only_points.overlay_box = only_points.overlay_label = only_points.overlay_contours =
      only_points.overlay_axes = false;
  const Image drawn = DrawOne(image, face, only_points);
  for (const Point2f& p : face.landmarks.points_px) {
    const uint8_t* pixel =
        drawn.At(static_cast<int>(std::lround(p.x)), static_cast<int>(std::lround(p.y)));
    EXPECT_GT(std::min({pixel[0], pixel[1], pixel[2]}), 200) << p.x << ", " << p.y;
  }
}

TEST(Overlay, ShowsPointsThatAreUnsureInAmber) {
  const Image image = Gray(400, 300);
  TrackedFace face = MakeFace(image, {200, 150}, 150);
  face.landmarks.confidence.assign(68, 0.9F);
  face.landmarks.confidence[30] = 0.1F;
  const Point2f p = face.landmarks.points_px[30];
  const Image drawn = DrawOne(image, face);
  const uint8_t* pixel =
      drawn.At(static_cast<int>(std::lround(p.x)), static_cast<int>(std::lround(p.y)));
  EXPECT_GT(pixel[0], pixel[2] + 100);
}

TEST(Overlay, DrawsOnlyWhatIsAskedFor) {
  const Image image = Gray(400, 300);
  const TrackedFace face = MakeFace(image, {200, 150}, 150);
  OverlayOptions none;
  none.overlay_box = none.overlay_label = none.overlay_contours = none.overlay_points =
      none.overlay_axes = false;
  EXPECT_EQ(CountChanged(image, DrawOne(image, face, none)), 0);
  for (bool OverlayOptions::*part :
       {&OverlayOptions::overlay_box, &OverlayOptions::overlay_label,
        &OverlayOptions::overlay_contours, &OverlayOptions::overlay_points,
        &OverlayOptions::overlay_axes}) {
    OverlayOptions one = none;
    one.*part = true;
    EXPECT_GT(CountChanged(image, DrawOne(image, face, one)), 50);
  }
}

// The axes end where the pose and its own camera put them, here far from the frame's center.
TEST(Overlay, DrawsTheAxesForTheCameraOfThePose) {
  const Image image = Gray(640, 480);
  TrackedFace face = MakeFace(image, {420, 300}, 150);
  face.pose = EstimateHeadPose(face.landmarks.points_px, Ibug68(), {900, 700, 120, 400});
  ASSERT_TRUE(face.pose);
  OverlayOptions axes;
  axes.overlay_box = axes.overlay_label = axes.overlay_contours = axes.overlay_points = false;
  const Image drawn = DrawOne(image, face, axes);
  const Point3 tip = NoseTipOfModel();
  const auto at = [&](double x, double y, double z) {
    return ProjectHeadPoint(*face.pose, {tip[0] + x, tip[1] + y, tip[2] + z});
  };
  EXPECT_LT(Distance(at(0, 0, 0), face.landmarks.points_px[30]), 12.0F);
  // Almost at the ends, where each axis has its own color alone: x red, y green, z blue.
  const std::array ends = {at(42, 0, 0), at(0, 42, 0), at(0, 0, -42)};
  for (size_t channel = 0; channel < ends.size(); ++channel) {
    const uint8_t* pixel = drawn.At(static_cast<int>(std::lround(ends[channel].x)),
                                    static_cast<int>(std::lround(ends[channel].y)));
    EXPECT_EQ(std::max_element(pixel, pixel + 3) - pixel, static_cast<int>(channel));
    EXPECT_GT(pixel[channel], 200);
  }
}

TEST(Overlay, LeavesThePictureAloneWithoutFaces) {
  const Image image = Gray(400, 300);
  EXPECT_EQ(CountChanged(image, DrawOverlay(image, {}, Ibug68())), 0);
}

TEST(Overlay, DrawsASinglePoint) {
  const Image image = Gray(400, 300);
  TrackResult result;
  TrackedFace nose;
  nose.landmarks.points_px = {{100, 80}};
  nose.box.rect = BoundsOf(nose.landmarks.points_px);
  result.faces = {nose};
  EXPECT_TRUE(Changed(image, DrawOverlay(image, result, Nose1()), 100, 80));
}

TEST(Overlay, DrawsTheBoxOfAFaceWithoutPoints) {
  const Image image = Gray(400, 300);
  TrackResult result;
  TrackedFace face;
  face.box.rect = {100, 80, 100, 100};
  result.faces = {face};
  OverlayOptions options;
  options.overlay_label = false;
  const Image drawn = DrawOverlay(image, result, Ibug68(), options);
  EXPECT_TRUE(Changed(image, drawn, 94, 74)) << "a corner";
  EXPECT_FALSE(Changed(image, drawn, 150, 130)) << "the middle";
}

// The nose is all that there is to see: as large as a fingertip on whatever shows the picture.
TEST(Overlay, DrawsASinglePointLargeEnoughToSee) {
  for (const auto& [width, height] :
       {std::pair(160, 120), std::pair(565, 800), std::pair(1920, 1080), std::pair(4000, 3000)}) {
    const Image image = Gray(width, height);
    TrackResult result;
    TrackedFace nose;
    nose.landmarks.points_px = {
        {0.5F * static_cast<float>(width), 0.5F * static_cast<float>(height)}};
    nose.box.rect = BoundsOf(nose.landmarks.points_px);
    result.faces = {nose};
    OverlayOptions points;
    points.overlay_box = points.overlay_label = points.overlay_axes = false;
    const Image drawn = DrawOverlay(image, result, Nose1(), points);
    const double side = std::min(width, height);
    const double across = std::sqrt(CountChanged(image, drawn) / 0.785);
    EXPECT_GT(across, 0.012 * side) << width;
    EXPECT_LT(across, std::max(0.03 * side, 8.0)) << width;
  }
}

TEST(PointScale, GrowsWhereThereAreFewPoints) {
  EXPECT_FLOAT_EQ(PointScale(68), 1.0F);
  EXPECT_FLOAT_EQ(PointScale(500), 1.0F);
  EXPECT_NEAR(PointScale(58), 1.07F, 0.01F);
  EXPECT_GT(PointScale(1), 5.0F);
  EXPECT_EQ(PointScale(0), PointScale(1));
}

// Faces half or wholly outside, huge, tiny or of no size must neither crash nor write outside.
TEST(Overlay, CopesWithFacesInStrangePlaces) {
  const Image image = Gray(200, 150);
  const Point2f centers[] = {{0, 0}, {200, 75}, {100, -60}, {-500, -500}, {1e6F, 1e6F}};
  for (const Point2f center : centers) {
    for (const float size : {0.5F, 20.0F, 400.0F, 20000.0F}) {
      EXPECT_EQ(DrawOne(image, MakeFace(image, center, size)).rgb.size(), image.rgb.size());
    }
  }
  TrackedFace far = MakeFace(image, {-500, -500}, 50);
  EXPECT_EQ(CountChanged(image, DrawOne(image, far)), 0);
  far.box.rect.x = std::numeric_limits<float>::quiet_NaN();
  far.landmarks.points_px[5].y = std::numeric_limits<float>::infinity();
  EXPECT_EQ(DrawOne(image, far).rgb.size(), image.rgb.size());
}

}  // namespace
}  // namespace nosetip
