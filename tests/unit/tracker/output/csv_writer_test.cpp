#include "tracker/output/csv_writer.h"

#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/test_files.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::vector<std::string> Split(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream in(line + ',');
  for (std::string field; std::getline(in, field, ',');) fields.push_back(field);
  return fields;
}

TrackedFace MakeFace(int id, std::vector<Point2f> points_px) {
  TrackedFace face;
  face.id = id;
  face.confidence = 0.75F;
  face.landmarks.points_px = std::move(points_px);
  return face;
}

TEST(CsvWriter, HasOpenFacesColumns) {
  const TempFolder folder;
  CsvWriter(folder / "a.csv", {.point_count = 68}).Finish();
  const auto lines = ReadLines(folder / "a.csv");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_THAT(lines[0],
              StartsWith("frame,face_id,timestamp,confidence,success,pose_Tx,pose_Ty,pose_Tz,"
                         "pose_Rx,pose_Ry,pose_Rz,x_0,x_1,"));
  EXPECT_THAT(lines[0], EndsWith(",x_67,y_0,y_1" + lines[0].substr(lines[0].find(",y_2,"))));
  EXPECT_EQ(Split(lines[0]).size(), 11U + 2 * 68);
}

TEST(CsvWriter, WritesOneRowAFace) {
  const TempFolder folder;
  CsvWriter writer(folder / "a.csv", {.point_count = 2});
  TrackResult result{.frame_id = 7, .pts_s = 0.28, .faces = {}, .timings = {}};
  result.faces = {MakeFace(0, {{1.0F, 2.0F}, {3.5F, 4.0F}}), MakeFace(3, {{5, 6}, {7, 8}})};
  result.faces[0].pose = HeadPose{{1.0F, 2.0F, 600.0F}, {0.1F, -0.2F, 0.0F}};
  writer.Write(result);
  writer.Finish();
  EXPECT_THAT(
      ReadLines(folder / "a.csv"),
      ElementsAre(
          StartsWith("frame,"),
          "7,0,0.280000,0.750,1,1.00,2.00,600.00,0.1000,-0.2000,0.0000,1.000,3.500,2.000,4.000",
          "7,3,0.280000,0.750,1,,,,,,,5.000,7.000,6.000,8.000"));
}

TEST(CsvWriter, WritesOneRowOfZerosForAFrameWithoutAFace) {
  const TempFolder folder;
  CsvWriter writer(folder / "a.csv", {.point_count = 1});
  writer.Write({.frame_id = 3, .pts_s = 0.12, .faces = {}, .timings = {}});
  writer.Finish();
  EXPECT_EQ(ReadLines(folder / "a.csv").back(), "3,-1,0.120000,0,0,0,0,0,0,0,0,0,0");
}

TEST(CsvWriter, LeavesThePointsOfAFaceWithoutThemEmpty) {
  const TrackResult result{.frame_id = 3, .pts_s = 0.12, .faces = {MakeFace(5, {})}, .timings = {}};
  EXPECT_EQ(CsvRows({.point_count = 2}, result), "3,5,0.120000,0.750,0,,,,,,,,,,\n");
}

TEST(CsvWriter, HasOpenFacesPointsInSpaceAfterThoseInTheFrame) {
  TrackResult result{.frame_id = 3, .pts_s = 0.12, .faces = {}, .timings = {}};
  result.faces = {MakeFace(5, {{1, 2}, {3, 4}}), MakeFace(6, {{1, 2}, {3, 4}}), MakeFace(7, {})};
  result.faces[0].points_mm = {{-10.5, 20.25, 600.0}, {30.0, -0.001, 612.3}};
  const CsvOptions options{.point_count = 2, .signals = true};
  EXPECT_THAT(CsvHeader(options),
              HasSubstr(",x_0,x_1,y_0,y_1,X_0,X_1,Y_0,Y_1,Z_0,Z_1,eye_open_right,"));
  const std::string no_signals(2 * kSignals + 3 + 2, ',');
  const std::string start = "0.120000,0.750,";
  EXPECT_EQ(CsvRows(options, result),
            "3,5," + start +
                "1,,,,,,,1.000,3.000,2.000,4.000,-10.50,30.00,20.25,0.00,600.00,612.30" +
                no_signals + "\n3,6," + start + "1,,,,,,,1.000,3.000,2.000,4.000,,,,,," +
                no_signals + "\n3,7," + start + "0,,,,,,,,,,,,,,,," + no_signals + "\n");
  result.faces.clear();
  EXPECT_EQ(CsvRows(options, result),
            "3,-1,0.120000,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0" + no_signals + "\n");
}

TEST(CsvWriter, NamesTheFileWhereSeveralShareATable) {
  const TempFolder folder;
  CsvWriter writer(folder / "a.csv", {.point_count = 1, .file_column = true});
  writer.Write({}, {.file_name = "one, two.png"});
  writer.Finish();
  const auto lines = ReadLines(folder / "a.csv");
  EXPECT_THAT(lines[0], StartsWith("file,frame,"));
  EXPECT_THAT(lines[1], StartsWith("\"one, two.png\",0,-1,"));
}

TEST(CsvWriter, RefusesAFaceOfAnotherSchema) {
  const TempFolder folder;
  CsvWriter writer(folder / "a.csv", {.point_count = 68});
  TrackResult result;
  result.faces = {MakeFace(0, {{1, 2}})};
  EXPECT_THROW(writer.Write(result), std::logic_error);
}

RC_GTEST_PROP(CsvWriter, ReadsBackWithinItsPrecision, (const std::vector<int>& eighths)) {
  const TempFolder folder;
  std::vector<Point2f> points_px;
  for (const int v : eighths) {
    points_px.push_back({static_cast<float>(v % 100000) / 8.0F, static_cast<float>(v % 999) / 8});
  }
  CsvWriter writer(folder / "a.csv", {.point_count = static_cast<int>(points_px.size())});
  TrackResult result;
  result.faces = {MakeFace(0, points_px)};
  writer.Write(result);
  writer.Finish();
  const auto fields = Split(ReadLines(folder / "a.csv").back());
  RC_ASSERT(fields.size() == 11 + 2 * points_px.size());
  for (size_t i = 0; i < points_px.size(); ++i) {
    RC_ASSERT(std::strtof(fields[11 + i].c_str(), nullptr) == points_px[i].x);
    RC_ASSERT(std::strtof(fields[11 + points_px.size() + i].c_str(), nullptr) == points_px[i].y);
  }
}

TEST(CsvRows, EndWithTheSourcesOwnCountAndTimeWhereAskedFor) {
  const CsvOptions options{.point_count = 1, .source_columns = true};
  EXPECT_THAT(CsvHeader(options), EndsWith(",x_0,y_0,source_frame,source_timestamp\n"));
  TrackResult result{.frame_id = 3, .pts_s = 0.5, .faces = {}, .timings = {}};
  const CsvNotes notes{.source_frame = 120, .source_time_s = 4.25};
  EXPECT_EQ(CsvRows(options, result, notes), "3,-1,0.500000,0,0,0,0,0,0,0,0,0,0,120,4.250000\n");
  result.faces = {MakeFace(0, {{1.0F, 2.0F}}), MakeFace(1, {{3.0F, 4.0F}})};
  EXPECT_EQ(CsvRows(options, result, notes),
            "3,0,0.500000,0.750,1,,,,,,,1.000,2.000,120,4.250000\n"
            "3,1,0.500000,0.750,1,,,,,,,3.000,4.000,120,4.250000\n");
}

TEST(CsvRows, HaveSignalsBehindThePointsWhereAskedFor) {
  const CsvOptions options{.point_count = 2, .signals = true, .unix_time_column = true};
  const std::string header = CsvHeader(options);
  EXPECT_THAT(header, HasSubstr(",Z_0,Z_1,eye_open_right,eye_open_left,mouth_open,"));
  EXPECT_THAT(header, HasSubstr(",head_roll,eye_open_right_confidence,"));
  EXPECT_THAT(header, EndsWith(",head_roll_confidence,blink_start,blink_end,blink_depth,"
                               "point_confidence_0,point_confidence_1,unix_time\n"));
  const size_t columns = Split(header).size();
  TrackResult result;
  EXPECT_EQ(Split(CsvRows(options, result)).size(), columns);
  result.faces = {MakeFace(0, {{1, 2}, {3, 4}}), MakeFace(1, {{1, 2}, {3, 4}}), MakeFace(2, {})};
  result.faces[0].signals = FaceSignals{};
  result.faces[0].signals->values[0] = 0.25F;
  result.faces[0].signals->values[kSignals - 1] = -7.125F;
  result.faces[0].signals->confidence[0] = 0.5F;
  result.faces[0].signals->blink = Blink{1.5, 1.75, 0.875F};
  result.faces[0].landmarks.confidence = {0.25F, 1.0F};
  std::istringstream rows(CsvRows(options, result));
  std::string row;
  std::getline(rows, row);
  EXPECT_EQ(Split(row).size(), columns);
  EXPECT_THAT(row, HasSubstr(",2.000,4.000,,,,,,,0.250,0.000,"));
  EXPECT_THAT(row, HasSubstr(",-7.12,0.500,0.000,"));
  EXPECT_THAT(row, EndsWith(",1.500000,1.750000,0.875,0.250,1.000,"));
  for (int face = 1; face < 3; ++face) {
    std::getline(rows, row);
    EXPECT_EQ(Split(row).size(), columns);
    EXPECT_THAT(row, EndsWith(std::string(2 * kSignals + 3 + 2 + 1, ',')));
  }
}

TEST(CsvRows, EndWithTheUnixTimeWhereAskedFor) {
  const CsvOptions options{.point_count = 1, .unix_time_column = true};
  EXPECT_THAT(CsvHeader(options), EndsWith(",x_0,y_0,unix_time\n"));
  EXPECT_THAT(CsvRows(options, {}, {.unix_time_s = 1714557600.123456}),
              EndsWith(",0,0,1714557600.123456\n"));
  EXPECT_THAT(CsvRows(options, {}), EndsWith(",0,0,\n")) << "not known";
}

}  // namespace
}  // namespace nosetip
