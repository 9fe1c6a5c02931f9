#include "tracker/output/picture_json.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/test_files.h"

namespace nosetip {
namespace {

TEST(PictureJson, HoldsWhatWasFoundAndWhere) {
  const TempFolder folder;
  PictureRecord record;
  record.picture = "a_clean.png";
  record.overlay = "a.png";
  record.overlay_mirrored = true;
  record.taken_at = "2026-11-24T19:01:17.123+0100";
  record.source = "caf\xe9.mp4";  // not UTF-8
  record.model = "face68.ntm";
  record.schema = "nose1";
  record.size_px = {640, 480};
  record.result.frame_id = 12;
  record.result.pts_s = 0.48;
  TrackedFace& face = record.result.faces.emplace_back();
  face.id = 4;
  face.box = {{10.0F, 20.0F, 30.0F, 40.0F}, 0.9F};
  face.confidence = 0.5F;
  face.landmarks = {{{25.0F, 40.0F}}, {0.75F}};
  face.pose = HeadPose{{1.0F, 2.0F, 600.0F}, {0.1F, 0.2F, 0.3F}};
  WritePictureJson(folder / "a.json", record);
  const auto read = nlohmann::json::parse(ReadText(folder / "a.json"));
  EXPECT_EQ(read["picture"], "a_clean.png");
  EXPECT_EQ(read["overlay"], "a.png");
  EXPECT_EQ(read["overlay_mirrored"], true);
  EXPECT_EQ(read["taken_at"], "2026-11-24T19:01:17.123+0100");
  EXPECT_EQ(read["frame"], 12);
  EXPECT_EQ(read["timestamp"], 0.48);
  EXPECT_EQ(read["width"], 640);
  EXPECT_EQ(read["height"], 480);
  EXPECT_EQ(read["model"], "face68.ntm");
  EXPECT_EQ(read["schema"], "nose1");
  ASSERT_EQ(read["faces"].size(), 1U);
  EXPECT_EQ(read["faces"][0]["id"], 4);
  EXPECT_EQ(read["faces"][0]["box"], nlohmann::json({10.0, 20.0, 30.0, 40.0}));
  EXPECT_EQ(read["faces"][0]["points"], nlohmann::json({{25.0, 40.0}}));
  EXPECT_EQ(read["faces"][0]["point_confidence"], nlohmann::json({0.75}));
  EXPECT_EQ(read["faces"][0]["pose"]["translation_mm"], nlohmann::json({1.0, 2.0, 600.0}));
}

}  // namespace
}  // namespace nosetip
