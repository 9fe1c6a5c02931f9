#include "training/data/pts_reader.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/test_files.h"
#include "tests/unit/training/data/random_points.h"
#include "tracker/core/error.h"
#include "tracker/output/pts_writer.h"

namespace nosetip {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::ThrowsMessage;

std::string Rows(int count) {
  std::string rows;
  for (int i = 0; i < count; ++i) rows += std::to_string(i + 1) + " " + std::to_string(i) + ".5\n";
  return rows;
}

std::string Pts(int claimed, int rows) {
  return "version: 1\nn_points: " + std::to_string(claimed) + "\n{\n" + Rows(rows) + "}\n";
}

RC_GTEST_PROP(ReadPts, ReadsWhatWritePtsWrites, ()) {
  const TempFolder folder;
  const auto points_px = *PointsOnGrid(68, 16);
  WritePts(folder / "a.pts", points_px);
  RC_ASSERT(ReadPts(folder / "a.pts") == points_px);
}

TEST(ReadPts, TakesTheUsualFormAndBareRows) {
  const TempFolder folder;
  WriteText(folder / "usual.pts", "version: 1\r\nn_points:  2\r\n{\r\n1 1\r\n11.5 21\r\n}\r\n");
  WriteText(folder / "bare.pts", "1 1\n11.5\t21");
  for (const char* name : {"usual.pts", "bare.pts"}) {
    EXPECT_THAT(ReadPts(folder / name), ElementsAre(Point2f{0, 0}, Point2f{10.5F, 20}));
  }
}

struct BadPts {
  std::string content;
  std::string line;
  std::string complaint;
};

class BrokenPts : public ::testing::TestWithParam<BadPts> {};

TEST_P(BrokenPts, IsRefusedWithFileAndLine) {
  const TempFolder folder;
  WriteText(folder / "face.pts", GetParam().content);
  EXPECT_THAT(
      [&] { ReadPts(folder / "face.pts"); },
      ThrowsMessage<Error>(AllOf(HasSubstr((folder / "face.pts").string()),
                                 HasSubstr(GetParam().line), HasSubstr(GetParam().complaint))));
}

INSTANTIATE_TEST_SUITE_P(
    ReadPts, BrokenPts,
    ::testing::Values(BadPts{"", "", "is empty"},
                      BadPts{"version: 1\n", "line 1", "ends before its points"},
                      BadPts{"version: 1\nn_points: many\n{\n1 1\n}\n", "line 2", "n_points: many"},
                      BadPts{"version: 1\nn_points: -3\n{\n1 1\n}\n", "line 2", "n_points"},
                      BadPts{"version: 1\nn_points: 1\n1 1\n}\n", "line 3", "expected '{'"},
                      BadPts{Pts(68, 67), "line 71", "found 67 points"},
                      BadPts{Pts(68, 69), "line 73", "found 69 points"},
                      BadPts{Pts(68, 68).substr(0, 100), "line 1", "ends after"},
                      BadPts{"version: 1\nn_points: 1\n{\n1 1\n", "line 4", "closing brace"},
                      BadPts{"version: 1\nn_points: 1\n{\nnan 1\n}\n", "line 4", "'nan 1'"},
                      BadPts{"version: 1\nn_points: 1\n{\n1 inf\n}\n", "line 4", "'1 inf'"},
                      BadPts{"version: 1\nn_points: 1\n{\n1\n}\n", "line 4", "two numbers"},
                      BadPts{"version: 1\nn_points: 1\n{\n1 2 3\n}\n", "line 4", "two numbers"},
                      BadPts{"\x89PNG\r\n\x1a\n", "line 1", "two numbers"}));

TEST(ReadPts, RefusesEveryTruncationOfAFile) {
  const TempFolder folder;
  const std::string whole = Pts(5, 5);
  for (size_t length = 0; length + 2 < whole.size(); ++length) {  // without the last "}\n"
    WriteText(folder / "cut.pts", whole.substr(0, length));
    EXPECT_THROW(ReadPts(folder / "cut.pts"), Error) << length;
  }
}

TEST(ReadPtsFolder, NamesPartsAndGroupsAfterThePaths) {
  const TempFolder folder;
  for (const char* stem : {"helen/trainset/30_1", "helen/trainset/30_2", "lfpw/image_0001"}) {
    WriteText(folder / (std::string(stem) + ".pts"), Pts(68, 68));
    WriteText(folder / (std::string(stem) + ".png"), "not opened");
  }
  const DataSet data = ReadPtsFolder(folder.path());
  EXPECT_EQ(data.schema, &Ibug68());
  EXPECT_THAT(data.problems, SizeIs(0));
  ASSERT_THAT(data.faces, SizeIs(3));
  EXPECT_EQ(data.faces[0].name, "helen/trainset/30_1");
  EXPECT_EQ(data.faces[0].part, "helen");
  EXPECT_EQ(data.faces[0].picture, folder / "helen/trainset/30_1.png");
  EXPECT_EQ(data.faces[0].group, data.faces[1].group);
  EXPECT_EQ(data.faces[2].group, "lfpw/image_0001");
  EXPECT_EQ(data.faces[0].box, BoundsOf(data.faces[0].points_px));
}

TEST(ReadPtsFolder, LeavesOutWhatIsBrokenAndSaysWhy) {
  const TempFolder folder;
  for (const char* stem : {"good", "cut", "other"})
    WriteText(folder / (std::string(stem) + ".jpg"), "");
  WriteText(folder / "good.pts", Pts(68, 68));
  WriteText(folder / "cut.pts", Pts(68, 20));
  WriteText(folder / "lonely.pts", Pts(68, 68));
  WriteText(folder / "other.pts", Pts(29, 29));
  const DataSet data = ReadPtsFolder(folder.path());
  ASSERT_THAT(data.faces, SizeIs(1));
  EXPECT_EQ(data.faces[0].name, "good");
  EXPECT_THAT(data.problems, ElementsAre(HasSubstr("cut.pts"), HasSubstr("lonely.pts"),
                                         AllOf(HasSubstr("other.jpg"), HasSubstr("29 points"))));
}

}  // namespace
}  // namespace nosetip
