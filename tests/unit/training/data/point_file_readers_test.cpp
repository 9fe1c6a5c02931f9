#include "training/data/point_file_readers.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <rapidcheck/gtest.h>

#include "tests/support/test_files.h"
#include "tests/unit/training/data/random_points.h"
#include "tracker/core/error.h"
#include "tracker/output/number_text.h"

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
  EXPECT_THAT(data.problems[0], AllOf(HasSubstr("03-1m.png"), HasSubstr("cannot be decoded")));
}

}  // namespace
}  // namespace nosetip
