#include "training/data/csv_reader.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/test_files.h"
#include "tests/unit/training/data/random_points.h"
#include "tracker/core/error.h"
#include "tracker/output/annotation_writers.h"

namespace nosetip {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::ThrowsMessage;

RC_GTEST_PROP(ReadKeypointsCsv, ReadsWhatTheWriterWrites, ()) {
  const TempFolder folder;
  const auto points_px = *PointsOnGrid(68, 8);
  WriteText(folder / "images/a, b_01.jpg", "");
  KeypointsCsvWriter writer(folder / "keypoints.csv", 68);
  writer.Write("a, b_01.jpg", points_px);
  writer.Finish();
  const DataSet data = ReadKeypointsCsv(folder / "keypoints.csv");
  RC_ASSERT(data.problems.empty());
  RC_ASSERT(data.faces.size() == 1U);
  RC_ASSERT(data.faces[0].points_px == points_px);
  RC_ASSERT(data.faces[0].name == "a, b_01");
  RC_ASSERT(data.faces[0].group == "a, b");
  RC_ASSERT(data.faces[0].picture == folder / "images/a, b_01.jpg");
}

std::string RowOfNose(const std::string& picture, int x) {
  return picture + "," + std::to_string(x) + ",20\n";
}

TEST(ReadKeypointsCsv, NeedsNoHeaderAndFindsPicturesBesideTheTable) {
  const TempFolder folder;
  WriteText(folder / "a.PNG", "");
  WriteText(folder / "noses.csv", RowOfNose("a.PNG", 10));
  const DataSet data = ReadKeypointsCsv(folder / "noses.csv");
  EXPECT_EQ(data.schema, &Nose1());
  ASSERT_THAT(data.faces, SizeIs(1));
  EXPECT_EQ(data.faces[0].points_px[0], (Point2f{10, 20}));
}

TEST(ReadKeypointsCsv, TakesNoPictureForAHeader) {
  for (const char* first : {"a.webp", "a.heic", "a.avif", "a.picture"}) {
    const TempFolder folder;
    WriteText(folder / first, "");
    for (const char* name : {"b.webp", "c.webp", "d.webp"}) WriteText(folder / name, "");
    WriteText(folder / "k.csv", RowOfNose(first, 1) + RowOfNose("b.webp", 2) +
                                    RowOfNose("c.webp", 3) + RowOfNose("d.webp", 4));
    const DataSet data = ReadKeypointsCsv(folder / "k.csv");
    EXPECT_THAT(data.faces, SizeIs(4)) << first;
    EXPECT_TRUE(data.problems.empty()) << first;
  }
}

TEST(ReadKeypointsCsv, FindsPathsFromWindows) {
  const TempFolder folder;
  WriteText(folder / "images/Ann/a_1.jpg", "");
  WriteText(folder / "k.csv", RowOfNose("Ann\\a_1.jpg", 1));
  const DataSet data = ReadKeypointsCsv(folder / "k.csv");
  ASSERT_THAT(data.faces, SizeIs(1));
  EXPECT_EQ(data.faces[0].picture, folder / "images/Ann/a_1.jpg");
  EXPECT_EQ(data.faces[0].name, "Ann/a_1");
}

TEST(ReadKeypointsCsv, RemembersTheOrderOfItsRows) {
  const TempFolder folder;
  WriteText(folder / "a.jpg", "");
  WriteText(folder / "b.jpg", "");
  WriteText(folder / "k.csv", RowOfNose("b.jpg", 1) + RowOfNose("a.jpg", 2));
  const DataSet data = ReadKeypointsCsv(folder / "k.csv");
  ASSERT_THAT(data.faces, SizeIs(2));
  EXPECT_EQ(data.faces[0].name, "a");
  EXPECT_GT(data.faces[0].order, data.faces[1].order);
}

TEST(ReadKeypointsCsv, LeavesOutBrokenRowsWithTheirLines) {
  const TempFolder folder;
  WriteText(folder / "a.jpg", "");
  WriteText(folder / "k.csv", "image,0,1\n" + RowOfNose("gone.jpg", 1) + "a.jpg,1\n" +
                                  "a.jpg,nan,2\n" + RowOfNose("a.jpg", 10) + "a.jpg,1,2,3\n");
  const DataSet data = ReadKeypointsCsv(folder / "k.csv");
  EXPECT_THAT(data.faces, SizeIs(1));
  EXPECT_THAT(data.problems,
              ElementsAre(AllOf(HasSubstr("line 2"), HasSubstr("gone.jpg")), HasSubstr("line 3"),
                          AllOf(HasSubstr("line 4"), HasSubstr("nan")), HasSubstr("line 6")));
}

TEST(ParseKeypointsCsv, RefusesTenMillionColumnsInAnyRow) {
  const std::string wide(10'000'000, ',');
  for (const std::string& text :
       {"image" + wide, "a.jpg" + wide + "\n", "image,0,1\na.jpg" + wide}) {
    EXPECT_THAT([&] { ParseKeypointsCsv("k.csv", text); },
                ThrowsMessage<Error>(AllOf(HasSubstr("k.csv, line"), HasSubstr("at most 10000"))));
  }
}

TEST(ReadKeypointsCsv, ThrowsWhereNothingIsLeft) {
  const TempFolder folder;
  WriteText(folder / "k.csv", "image,0,1\n");
  EXPECT_THAT([&] { ReadKeypointsCsv(folder / "k.csv"); },
              ThrowsMessage<Error>(AllOf(HasSubstr("k.csv"), HasSubstr("no usable face"))));
}

std::string RowOfFace(const std::string& picture, int shift) {
  std::string row = picture;
  for (int i = 0; i < 68; ++i) {
    row += ',' + std::to_string(shift + i);
    row += ',' + std::to_string(i);
  }
  return row + "\n";
}

TEST(ReadKeypointsCsv, LetsALaterRowReplaceAnEarlierOneForTheSameFace) {
  const TempFolder folder;
  WriteText(folder / "a.jpg", "");
  WriteText(folder / "k.csv", RowOfFace("a.jpg", 0) + RowOfFace("a.jpg", 5));
  const DataSet data = ReadKeypointsCsv(folder / "k.csv");
  ASSERT_THAT(data.faces, SizeIs(1));
  EXPECT_EQ(data.faces[0].points_px[0].x, 5.0F);
  EXPECT_THAT(data.problems, ElementsAre(AllOf(HasSubstr("1 rows"), HasSubstr("a.jpg"))));
}

TEST(ReadKeypointsCsv, KeepsSeveralFacesOfOnePicture) {
  const TempFolder folder;
  WriteText(folder / "a.jpg", "");
  WriteText(folder / "k.csv", RowOfFace("a.jpg", 0) + RowOfFace("a.jpg", 300));
  const DataSet data = ReadKeypointsCsv(folder / "k.csv");
  ASSERT_THAT(data.faces, SizeIs(2));
  EXPECT_EQ(data.faces[0].name, "a");
  EXPECT_EQ(data.faces[1].name, "a#2");
  EXPECT_EQ(data.faces[0].group, data.faces[1].group);
}

}  // namespace
}  // namespace nosetip
