#include "tracker/core/mirrored.h"

#include <gtest/gtest.h>

#include "tracker/vision/head_pose.h"

namespace nosetip {
namespace {

TEST(Mirrored, PutsEachPixelOnTheOtherSide) {
  Image image(3, 2);
  for (size_t i = 0; i < image.rgb.size(); ++i) image.rgb[i] = static_cast<uint8_t>(i);
  const Image mirrored = Mirrored(image);
  for (int y = 0; y < 2; ++y) {
    for (int x = 0; x < 3; ++x) {
      for (int c = 0; c < 3; ++c) EXPECT_EQ(mirrored.At(x, y)[c], image.At(2 - x, y)[c]);
    }
  }
  EXPECT_EQ(Mirrored(mirrored).rgb, image.rgb);
}

TEST(Mirrored, NamesTheOtherSide) {
  const LandmarkSchema& schema = Ibug68();
  std::vector<Point2f> face(68, {50.0F, 50.0F});
  face[36] = {10.0F, 20.0F};  // outer corner of the eye on the picture's left
  face[45] = {70.0F, 22.0F};  // of the other
  face[30] = {40.0F, 30.0F};  // tip of the nose
  const std::vector<Point2f> mirrored = MirroredFace(face, schema, 100);
  EXPECT_EQ(mirrored[45], (Point2f{89.0F, 20.0F}));
  EXPECT_EQ(mirrored[36], (Point2f{29.0F, 22.0F}));
  EXPECT_EQ(mirrored[30], (Point2f{59.0F, 30.0F}));
  EXPECT_EQ(MirroredFace(mirrored, schema, 100), face);
}

// A face's own points, projected by its pose, are the yardstick.
TEST(Mirrored, AFacesPointsBoxAndPoseStayTogether) {
  constexpr int kWidthPx = 640;
  const PinholeCamera off_center = {700.0, 600.0, 250.0, 260.0};
  TrackResult result;
  TrackedFace& face = result.faces.emplace_back();
  face.pose = HeadPose{{40.0F, -30.0F, 600.0F}, {0.2F, 0.4F, -0.3F}, off_center};
  const Point3 left = {-30.0, -20.0, 10.0};
  const Point3 right = {30.0, -20.0, 10.0};
  face.landmarks.points_px = {ProjectHeadPoint(*face.pose, left)};
  face.box.rect = {100.0F, 50.0F, 60.0F, 80.0F};
  const TrackResult mirrored = Mirrored(result, kWidthPx);
  const TrackedFace& other = mirrored.faces.at(0);
  EXPECT_LT(Distance(other.landmarks.points_px[0], ProjectHeadPoint(*other.pose, right)), 0.01F);
  EXPECT_EQ(other.box.rect, (RectF{639.0F - 160.0F, 50.0F, 60.0F, 80.0F}));
  EXPECT_EQ(Mirrored(mirrored, kWidthPx).faces[0].landmarks.points_px, face.landmarks.points_px);
}

}  // namespace
}  // namespace nosetip
