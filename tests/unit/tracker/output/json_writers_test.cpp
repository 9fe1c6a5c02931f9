#include "tracker/output/jsonl_writer.h"

#include <limits>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/test_files.h"

namespace nosetip {
namespace {

using nlohmann::json;

TrackResult MakeResult() {
  TrackedFace face;
  face.id = 4;
  face.confidence = 0.5F;
  face.box.rect = {1.5F, 2.0F, 30.0F, 40.1F};
  face.landmarks.points_px = {{1.5F, 2.0F}, {31.5F, 42.1F}};
  face.landmarks.confidence = {0.25F, 1.0F};
  face.pose = HeadPose{{0.0F, 1.0F, 500.0F}, {0.1F, 0.2F, 0.3F}};
  TrackResult result;
  result.frame_id = 12;
  result.pts_s = 0.48;
  result.faces = {face};
  return result;
}

TEST(JsonlWriter, WritesOneObjectALine) {
  const TempFolder folder;
  JsonlWriter writer(folder / "a.jsonl");
  writer.Write(MakeResult(), "clip.mp4");
  writer.Write({}, "clip.mp4");
  writer.Finish();
  const auto lines = ReadLines(folder / "a.jsonl");
  ASSERT_EQ(lines.size(), 2U);
  const json first = json::parse(lines[0]);
  EXPECT_EQ(first["file"], "clip.mp4");
  EXPECT_EQ(first["frame"], 12);
  EXPECT_DOUBLE_EQ(first["timestamp"].get<double>(), 0.48);
  const json& face = first["faces"].at(0);
  EXPECT_EQ(face["id"], 4);
  EXPECT_EQ(face["box"], json({1.5, 2.0, 30.0, 40.1}));
  EXPECT_EQ(face["points"], json::parse("[[1.5, 2.0], [31.5, 42.1]]"));
  EXPECT_EQ(face["point_confidence"], json({0.25, 1.0}));
  EXPECT_EQ(face["pose"]["translation_mm"], json({0.0, 1.0, 500.0}));
  EXPECT_EQ(face["pose"]["rotation_rad"], json({0.1, 0.2, 0.3}));
  EXPECT_EQ(json::parse(lines[1])["faces"], json::array());
}

TEST(JsonlWriter, WritesNullForWhatIsNotThere) {
  const TempFolder folder;
  TrackResult result = MakeResult();
  result.faces[0].pose.reset();
  result.faces[0].landmarks.confidence.clear();
  result.faces[0].landmarks.points_px[0].x = std::numeric_limits<float>::quiet_NaN();
  JsonlWriter writer(folder / "a.jsonl");
  writer.Write(result, "a.png");
  writer.Finish();
  const json face = json::parse(ReadText(folder / "a.jsonl"))["faces"].at(0);
  EXPECT_TRUE(face["pose"].is_null());
  EXPECT_FALSE(face.contains("point_confidence"));
  EXPECT_TRUE(face["points"][0][0].is_null());
}

TEST(JsonlWriter, TakesAFileNameThatIsNotUtf8) {
  const TempFolder folder;
  JsonlWriter writer(folder / "a.jsonl");
  writer.Write({}, "caf\xE9.mp4");
  writer.Finish();
  EXPECT_TRUE(json::accept(ReadText(folder / "a.jsonl")));
}

}  // namespace
}  // namespace nosetip
