#include "tracker/output/coco_writer.h"

#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/test_files.h"

namespace nosetip {
namespace {

using nlohmann::json;

TrackedFace FaceOf(int id, int points) {
  TrackedFace face;
  face.id = id;
  face.confidence = 0.5F;
  face.box.rect = {1, 2, 30, 40};
  for (int i = 0; i < points; ++i) face.landmarks.points_px.push_back({1.5F, 2.25F});
  return face;
}

TEST(CocoWriter, WritesImagesAnnotationsAndTheCategory) {
  const TempFolder folder;
  CocoWriter writer(folder / "a.coco.json", Ibug68());
  TrackResult result;
  writer.Write("a.png", {640, 480}, result);
  result.faces = {FaceOf(4, 68), FaceOf(5, 0)};
  writer.Write("b.png", {320, 240}, result);
  writer.Finish();
  const json coco = json::parse(ReadText(folder / "a.coco.json"));
  ASSERT_EQ(coco["images"].size(), 2U);
  EXPECT_EQ(coco["images"][1], json::parse(R"({"id": 2, "file_name": "b.png", "width": 320,
                                               "height": 240})"));
  ASSERT_EQ(coco["annotations"].size(), 2U);
  const json& face = coco["annotations"][0];
  EXPECT_EQ(face["id"], 1);
  EXPECT_EQ(face["image_id"], 2);
  EXPECT_EQ(face["category_id"], 1);
  EXPECT_EQ(face["bbox"], (json{1.0, 2.0, 30.0, 40.0}));
  EXPECT_EQ(face["area"], 1200.0);
  EXPECT_EQ(face["iscrowd"], 0);
  EXPECT_EQ(face["num_keypoints"], 68);
  EXPECT_EQ(face["track_id"], 4);
  ASSERT_EQ(face["keypoints"].size(), 204U);
  EXPECT_EQ(face["keypoints"][3], 1.5);
  EXPECT_EQ(face["keypoints"][4], 2.25);
  EXPECT_EQ(face["keypoints"][5], 2);
  const json& without = coco["annotations"][1];
  EXPECT_EQ(without["num_keypoints"], 0);
  EXPECT_EQ(without["keypoints"], json(std::vector<int>(204, 0)));
}

TEST(CocoWriter, NamesThePointsAndCountsLinesFromOne) {
  const TempFolder folder;
  CocoWriter writer(folder / "a.json", Ibug68());
  writer.Finish();
  const json coco = json::parse(ReadText(folder / "a.json"));
  EXPECT_TRUE(coco["annotations"].empty() && coco["images"].empty());
  const json& category = coco["categories"].at(0);
  EXPECT_EQ(category["id"], 1);
  EXPECT_EQ(category["keypoints"].size(), 68U);
  EXPECT_EQ(category["skeleton"][0], (json{1, 2}));
  std::set<std::string> names(category["keypoints"].begin(), category["keypoints"].end());
  EXPECT_EQ(names.size(), 68U) << "each name once";
}

}  // namespace
}  // namespace nosetip
