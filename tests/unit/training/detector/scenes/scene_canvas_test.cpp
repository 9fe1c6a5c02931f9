#include "training/detector/scenes/scene_canvas.h"

#include <gtest/gtest.h>

namespace nosetip {
namespace {

constexpr int kSizePx = 100;
constexpr float kMinFacePx = 12.0F;

Patch PlainPatch(const cv::Rect& place, uint8_t gray) {
  return {place, cv::Mat(place.size(), CV_8UC3, cv::Scalar::all(gray)), {}};
}

// A face 40 px wide and 60 px high.
const FaceLabel kFace = LabelFromBox({30.0F, 20.0F, 40.0F, 60.0F});

SceneCanvas WithFace() {
  SceneCanvas canvas(kSizePx);
  canvas.Cover(PlainPatch({0, 0, kSizePx, kSizePx}, 90), {kFace}, {});
  return canvas;
}

TEST(SceneCanvas, FindsAFaceThatNothingHides) {
  const Scene scene = WithFace().Finish(kMinFacePx);
  ASSERT_EQ(scene.faces.size(), 1U);
  EXPECT_FALSE(scene.faces[0].ignored);
  EXPECT_NEAR(scene.faces[0].box.height, 60.0F, 0.1F);
  EXPECT_EQ(*scene.image.At(50, 50), 90);
}

TEST(SceneCanvas, IgnoresAFaceThatIsHiddenByMoreThanHalf) {
  SceneCanvas less = WithFace();
  less.Cover(PlainPatch({0, 0, 48, kSizePx}, 10));
  EXPECT_FALSE(std::move(less).Finish(kMinFacePx).faces.at(0).ignored);
  SceneCanvas more = WithFace();
  more.Cover(PlainPatch({0, 0, 54, kSizePx}, 10));
  EXPECT_TRUE(std::move(more).Finish(kMinFacePx).faces.at(0).ignored);
}

TEST(SceneCanvas, ForgetsAFaceOfWhichHardlyAnythingIsLeft) {
  SceneCanvas canvas = WithFace();
  canvas.Cover(PlainPatch({0, 0, 66, kSizePx}, 10));
  EXPECT_TRUE(std::move(canvas).Finish(kMinFacePx).faces.empty());
}

TEST(SceneCanvas, CountsWhatLiesOutsideThePictureAsHidden) {
  SceneCanvas canvas(kSizePx);
  canvas.Cover(PlainPatch({0, 0, kSizePx, kSizePx}, 90),
               {LabelFromBox({-18.0F, 20.0F, 40.0F, 60.0F}),   // 55 % inside
                LabelFromBox({76.0F, 20.0F, 40.0F, 60.0F}),    // 60 %
                LabelFromBox({30.0F, -40.0F, 40.0F, 60.0F})},  // 33 %
               {});
  const Scene scene = std::move(canvas).Finish(kMinFacePx);
  ASSERT_EQ(scene.faces.size(), 3U);
  EXPECT_FALSE(scene.faces[0].ignored);
  EXPECT_FALSE(scene.faces[1].ignored);
  EXPECT_TRUE(scene.faces[2].ignored);
}

TEST(SceneCanvas, IgnoresPlacesAndSmallFaces) {
  SceneCanvas canvas(kSizePx);
  canvas.Cover(PlainPatch({0, 0, kSizePx, kSizePx}, 90), {LabelFromBox({5.0F, 5.0F, 8.0F, 11.0F})},
               {kFace});
  const Scene scene = std::move(canvas).Finish(kMinFacePx);
  ASSERT_EQ(scene.faces.size(), 2U);
  EXPECT_TRUE(scene.faces[0].ignored);
  EXPECT_TRUE(scene.faces[1].ignored);
}

TEST(SceneCanvas, KeepsThePartOfAPlaceThatIsStillSeen) {
  SceneCanvas canvas(kSizePx);
  canvas.Cover(PlainPatch({0, 0, kSizePx, kSizePx}, 90), {}, {kFace});
  canvas.Cover(PlainPatch({0, 0, 65, kSizePx}, 10));
  const Scene scene = std::move(canvas).Finish(kMinFacePx);
  ASSERT_EQ(scene.faces.size(), 1U);
  EXPECT_TRUE(scene.faces[0].ignored);
}

TEST(SceneCanvas, AFaceIsSeenOnlyWhereItsOwnLayerIs) {
  SceneCanvas canvas(kSizePx);
  // The patch ends in the middle of the face.
  canvas.Cover(PlainPatch({0, 0, 45, kSizePx}, 90), {kFace}, {});
  const Scene scene = std::move(canvas).Finish(kMinFacePx);
  ASSERT_EQ(scene.faces.size(), 1U);
  EXPECT_TRUE(scene.faces[0].ignored);
}

TEST(SceneCanvas, BlendsByAlpha) {
  SceneCanvas canvas(kSizePx);
  canvas.Cover(PlainPatch({0, 0, kSizePx, kSizePx}, 100));
  Patch patch = PlainPatch({10, 10, 3, 1}, 200);
  patch.alpha = (cv::Mat_<uint8_t>(1, 3) << 0, 51, 255);
  canvas.Cover(patch);
  const Scene scene = std::move(canvas).Finish(kMinFacePx);
  EXPECT_EQ(*scene.image.At(10, 10), 100);
  EXPECT_EQ(*scene.image.At(11, 10), 120);
  EXPECT_EQ(*scene.image.At(12, 10), 200);
}

}  // namespace
}  // namespace nosetip
