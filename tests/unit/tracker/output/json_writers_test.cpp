#include "tracker/output/json_writers.h"

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
  face.pose = HeadPose{{0.0F, 1.0F, 500.0F}, {0.1F, 0.2F, 0.3F}, {800.0, 790.0, 320.5, 239.5}};
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
  EXPECT_EQ(face["pose"]["camera"],
            json::parse(R"({"fx": 800.0, "fy": 790.0, "cx": 320.5, "cy": 239.5})"));
  EXPECT_EQ(json::parse(lines[1])["faces"], json::array());
}

TEST(JsonlWriter, WritesPointsInSpaceWhereTheyAreKnown) {
  const TempFolder folder;
  TrackResult result = MakeResult();
  result.faces.push_back(result.faces[0]);
  result.faces[1].points_mm = {{-10.504, 20.25, 600.0}, {30.0, 1.0, 612.3}};
  JsonlWriter writer(folder / "a.jsonl");
  writer.Write(result, "clip.mp4");
  writer.Finish();
  const json faces = json::parse(ReadLines(folder / "a.jsonl").at(0))["faces"];
  EXPECT_FALSE(faces[0].contains("points_mm"));
  EXPECT_EQ(faces[1]["points_mm"], json::parse("[[-10.5, 20.25, 600.0], [30.0, 1.0, 612.3]]"));
}

TEST(JsonlWriter, WritesSignalsWhereTheyWereMeasured) {
  const TempFolder folder;
  TrackResult result = MakeResult();
  FaceSignals signals;
  signals.values[0] = 0.25F;
  signals.values[kSignals - 1] = -7.0F;
  signals.confidence.fill(0.75F);
  signals.blink = Blink{1.5, 1.75, 0.875F};
  result.faces[0].signals = signals;
  EXPECT_EQ(JsonLine(result, "clip.mp4"), JsonLine(MakeResult(), "clip.mp4")) << "not asked for";
  JsonlWriter writer(folder / "a.jsonl", {.signals = true});
  writer.Write(result, "clip.mp4");
  result.faces[0].signals->blink.reset();
  writer.Write(result, "clip.mp4");
  writer.Write(MakeResult(), "clip.mp4");
  writer.Finish();
  const auto lines = ReadLines(folder / "a.jsonl");
  const json face = json::parse(lines[0])["faces"].at(0);
  EXPECT_EQ(face["signals"].size(), kSignals);
  EXPECT_EQ(face["signals"]["eye_open_right"], 0.25);
  EXPECT_EQ(face["signals"]["head_roll"], -7.0);
  EXPECT_EQ(face["signal_confidence"]["smile"], 0.75);
  EXPECT_EQ(face["blink"], json::parse(R"({"start": 1.5, "end": 1.75, "depth": 0.875})"));
  EXPECT_FALSE(json::parse(lines[1])["faces"].at(0).contains("blink"));
  EXPECT_FALSE(json::parse(lines[2])["faces"].at(0).contains("signals"));
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

TEST(JsonlWriter, LeavesOutThePointsOfAFaceWithoutThem) {
  const TempFolder folder;
  TrackResult result = MakeResult();
  result.faces[0].pose.reset();
  result.faces[0].landmarks = {};
  JsonlWriter writer(folder / "a.jsonl");
  writer.Write(result, "a.png");
  writer.Finish();
  const json face = json::parse(ReadText(folder / "a.jsonl"))["faces"].at(0);
  EXPECT_EQ(face["box"], json({1.5, 2.0, 30.0, 40.1}));
  EXPECT_DOUBLE_EQ(face["confidence"].get<double>(), 0.5);
  EXPECT_FALSE(face.contains("points"));
  EXPECT_TRUE(face["pose"].is_null());
}

TEST(JsonlWriter, TakesAFileNameThatIsNotUtf8) {
  const TempFolder folder;
  JsonlWriter writer(folder / "a.jsonl");
  writer.Write({}, "caf\xE9.mp4");
  writer.Finish();
  EXPECT_TRUE(json::accept(ReadText(folder / "a.jsonl")));
}

TEST(JsonlWriter, AddsTheUnixTimeWhereAskedFor) {
  const TempFolder folder;
  JsonlWriter writer(folder / "a.jsonl", {.unix_time = true});
  writer.Write({}, "clip.mp4", 1714557600.123456);
  writer.Write({}, "clip.mp4");
  writer.Finish();
  const auto lines = ReadLines(folder / "a.jsonl");
  EXPECT_NE(lines.at(0).find("\"unix_time\":1714557600.123456,"), std::string::npos) << lines[0];
  EXPECT_TRUE(json::parse(lines.at(1))["unix_time"].is_null()) << "not known";
}

TEST(PictureJson, HoldsWhatWasFoundAndWhere) {
  const TempFolder folder;
  PictureRecord record;
  record.picture = "a_clean.png";
  record.overlay = "a.png";
  record.overlay_mirrored = true;
  record.taken_at = "2026-11-24T19:01:17.123+0100";
  record.source = "caf\xe9.mp4";  // not UTF-8
  record.model = "face68.safetensors";
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
  EXPECT_EQ(read["model"], "face68.safetensors");
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
