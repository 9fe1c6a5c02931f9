#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "training/detector/scenes/scene_composer.h"

namespace nosetip {
namespace {

Scene GrayScene(int side_px) {
  Scene scene;
  scene.image = Image(side_px, side_px);
  std::fill(scene.image.rgb.begin(), scene.image.rgb.end(), uint8_t{90});
  return scene;
}

TEST(SceneSheet, ShowsSixInARow) {
  const std::vector<Scene> scenes(8, GrayScene(50));
  const Image sheet = DrawScenes(scenes);
  EXPECT_EQ(sheet.width_px, 6 * 52 - 2);
  EXPECT_EQ(sheet.height_px, 2 * 52 - 2);
  EXPECT_EQ(DrawScenes(std::vector<Scene>(3, GrayScene(50))).width_px, 3 * 52 - 2);
}

TEST(SceneSheet, DrawsFacesGreenAndIgnoredOnesGray) {
  Scene scene = GrayScene(100);
  SceneFace face;
  face.box = {20.0F, 20.0F, 30.0F, 40.0F};
  face.points_px.fill({35.0F, 40.0F});
  scene.faces.push_back(face);
  face.box = {60.0F, 20.0F, 30.0F, 40.0F};
  face.ignored = true;
  scene.faces.push_back(face);
  const Image sheet = DrawScenes(std::vector<Scene>{scene});
  const uint8_t* green = sheet.At(20, 40);
  EXPECT_GT(green[1], green[0] + 80);
  const uint8_t* gray = sheet.At(60, 40);
  EXPECT_EQ(gray[0], gray[1]);
  EXPECT_NE(gray[0], 90);
  EXPECT_EQ(*sheet.At(10, 10), 90);
}

}  // namespace
}  // namespace nosetip
