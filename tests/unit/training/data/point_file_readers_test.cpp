#include "training/data/point_file_readers.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <rapidcheck/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"
#include "tests/unit/training/data/random_points.h"
#include "tracker/core/error.h"
#include "tracker/output/annotation_writers.h"
#include "tracker/output/number_text.h"
#include "training/data/point_files.h"

namespace nosetip {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::ThrowsMessage;

// As IMM's files are laid out.
std::string Asf(const std::vector<Point2f>& points_rel, const std::string& picture) {
  std::string text = "####\n#\n#    AAM Shape File\n#\n####\n\n#\n# number of model points\n#\n";
  text += std::to_string(points_rel.size()) + "\n\n#\n# model points\n#\n#\n";
  for (size_t i = 0; i < points_rel.size(); ++i) {
    const std::string n = std::to_string(i);
    text += "0 \t4 \t" + FixedText(points_rel[i].x, 8) + " \t" + FixedText(points_rel[i].y, 8) +
            " \t" + n + " \t0 \t1\n";
  }
  return text + "\n#\n# host image\n#\n" + picture + "\n";
}

std::vector<Point2f> Ramp(int count) {
  std::vector<Point2f> points_rel;
  for (int i = 0; i < count; ++i) points_rel.push_back({static_cast<float>(i) / 64.0F, 0.5F});
  return points_rel;
}

RC_GTEST_PROP(ReadAsf, ReadsWhatWasWritten, ()) {
  const TempFolder folder;
  const auto points_rel = *PointsOnGrid(58, 256);
  WriteText(folder / "01-1m.asf", Asf(points_rel, "01-1m.jpg"));
  const AsfShape shape = ReadAsf(folder / "01-1m.asf");
  RC_ASSERT(shape.points_rel == points_rel);
  RC_ASSERT(shape.picture == "01-1m.jpg");
}

TEST(PixelFromRelative, SpansThePictureFromEdgeToEdge) {
  EXPECT_EQ(PixelFromRelative({0.0F, 0.0F}, 640, 480), (Point2f{-0.5F, -0.5F}));
  EXPECT_EQ(PixelFromRelative({1.0F, 1.0F}, 640, 480), (Point2f{639.5F, 479.5F}));
}

TEST(ReadAsf, RefusesWhatIsBrokenWithFileAndLine) {
  const TempFolder folder;
  const auto path = folder / "a.asf";
  const auto expect_refused = [&](const std::string& content, const std::string& complaint) {
    WriteText(path, content);
    EXPECT_THAT([&] { ReadAsf(path); },
                ThrowsMessage<Error>(AllOf(HasSubstr(path.string()), HasSubstr(complaint))));
  };
  const std::string good = Asf(Ramp(3), "");
  expect_refused("# comments\n", "comments only");
  expect_refused("many\n", "line 1: expected the number of points");
  expect_refused(good.substr(0, good.find("\n0 \t4 \t0.03125")), "ends after 2 of 3 points");
  expect_refused("1\n0 4 nan 0.5 0 0 1\n", "line 2: expected 'path type x y");
  expect_refused("1\n0 4 0.5 0.5\n", "line 2: expected 'path type x y");
  expect_refused("2\n0 4 0.5 0.5 0 0 1\n0 4 0.5 0.5 7 0 1\n", "line 3: expected point 1");
}

TEST(ReadAsfFolder, GroupsByPersonAndScalesByThePicture) {
  const TempFolder folder;
  for (const std::string stem : {"01-1m", "01-2m", "02-1f"}) {
    WriteText(folder / (stem + ".asf"), Asf(Ramp(58), stem + ".png"));
    cv::imwrite((folder / (stem + ".png")).string(), cv::Mat::zeros(48, 64, CV_8UC3));
  }
  WriteText(folder / "03-1m.asf", Asf(Ramp(58), "03-1m.png"));
  WriteText(folder / "03-1m.png", "no picture");
  const DataSet data = ReadAsfFolder(folder.path());
  EXPECT_EQ(data.schema, &Imm58());
  ASSERT_THAT(data.faces, SizeIs(3));
  EXPECT_EQ(data.faces[1].group, "01");
  EXPECT_EQ(data.faces[2].group, "02");
  EXPECT_EQ(data.faces[0].points_px[2], (Point2f{1.5F, 23.5F}));
  ASSERT_THAT(data.problems, SizeIs(1));
  EXPECT_THAT(data.problems[0],
              AllOf(HasSubstr("03-1m.png"), HasSubstr("not a picture that can be read")));
}

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

TEST(ParsePts, RefusesMorePointsThanAFaceHas) {
  EXPECT_THAT([] { ParsePts("a.pts", Pts(2'000'000'000, 3)); },
              ThrowsMessage<Error>(AllOf(HasSubstr("a.pts, line 2"), HasSubstr("at most 10000"))));
  EXPECT_THAT([] { ParsePts("a.pts", Rows(10'001)); },
              ThrowsMessage<Error>(AllOf(HasSubstr("a.pts"), HasSubstr("at most 10000"))));
  EXPECT_THAT([] { ParseAsf("a.asf", "2000000000\n"); },
              ThrowsMessage<Error>(AllOf(HasSubstr("a.asf, line 1"), HasSubstr("at most 10000"))));
}

TEST(ParsePts, DoesNotRepeatALongLineInItsMessage) {
  for (const std::string head : {"", "version: 1\n", "version: 1\nn_points: 1\n"}) {
    const std::string text = head + std::string(1'000'000, 'x') + "\nx\ny\n";
    EXPECT_LT(MessageOf([&] { ParsePts("a.pts", text); }).size(), 250U);
    EXPECT_LT(MessageOf([&] { ParseAsf("a.asf", text); }).size(), 250U);
  }
}

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
