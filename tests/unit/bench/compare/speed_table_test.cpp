#include "bench/compare/speed_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

SpeedFigures MadeUpFigures(double frames_per_s) {
  SpeedFigures figures;
  figures.frames = 50;
  figures.frames_per_s = frames_per_s;
  figures.p50_ms = 1000.0 / frames_per_s;
  figures.p99_ms = 99.0;
  figures.cpu_s_per_frame = 0.03;
  figures.peak_mb = 321.4;
  figures.found = 0.98;
  figures.how = "as \"asked\"";
  return figures;
}

SpeedComparison MadeUpComparison() {
  SpeedComparison comparison;
  comparison.environment.processor = "Some CPU";
  comparison.dlib_version = "19.24";
  comparison.gpu = "not run (none here)";
  comparison.source = "odd \xff.mp4";
  comparison.warm_up_frames = 10;
  comparison.rows = {{{400, 300}, 1, "Nosetip face68", MadeUpFigures(50.0)},
                     {{400, 300}, 1, "dlib", MadeUpFigures(40.0)},
                     {{640, 480}, 1, "Nosetip face68", MadeUpFigures(25.0)},
                     {{640, 480}, 1, "dlib", MadeUpFigures(10.0)},
                     {{640, 480}, 4, "Nosetip face68", MadeUpFigures(20.0)}};
  return comparison;
}

TEST(SpeedFiguresJson, ComesBackAsItWas) {
  const SpeedFigures back = ParseSpeedFigures(SpeedFiguresJson(MadeUpFigures(25.0)));
  EXPECT_EQ(back.frames, 50);
  EXPECT_EQ(back.frames_per_s, 25.0);
  EXPECT_EQ(back.p50_ms, 40.0);
  EXPECT_EQ(back.p99_ms, 99.0);
  EXPECT_EQ(back.cpu_s_per_frame, 0.03);
  EXPECT_EQ(back.peak_mb, 321.4);
  EXPECT_EQ(back.found, 0.98);
  EXPECT_EQ(back.how, "as \"asked\"");
}

TEST(SpeedFiguresJson, IsAnErrorWhereAProcessGaveSomethingElse) {
  EXPECT_THROW(ParseSpeedFigures(""), Error);
  EXPECT_THROW(ParseSpeedFigures("{}"), Error);
}

TEST(SpeedText, ComparesWithDlibOnTheSameClip) {
  const std::string text = SpeedText(MadeUpComparison());
  EXPECT_THAT(text, HasSubstr("| 640x480 | 1 | Nosetip face68 | 0.98 | 25.0 | 2.50 | 40.00 | "
                              "99.00 | 0.0300 | 321 |\n"));
  EXPECT_THAT(text, HasSubstr("| 400x300 | 1 | dlib | 0.98 | 40.0 | 1.00 | "));
  EXPECT_THAT(text, HasSubstr("| 640x480 | 4 | Nosetip face68 | 0.98 | 20.0 | - | "));
  EXPECT_THAT(text, HasSubstr("50 frames per row after 10 to warm up\n"));
  EXPECT_THAT(text, HasSubstr("- dlib: as \"asked\"\n"));
  EXPECT_THAT(text, HasSubstr("; GPU: not run (none here)\n"));
}

TEST(SpeedJson, HasTheSameRows) {
  const auto json = nlohmann::json::parse(SpeedJson(MadeUpComparison()));
  ASSERT_EQ(json.at("rows").size(), 5U);
  EXPECT_EQ(json.at("rows").at(4).at("faces"), 4);
  EXPECT_EQ(json.at("rows").at(4).at("frames_per_s"), 20.0);
  EXPECT_EQ(json.at("versions").at("dlib"), "19.24");
  EXPECT_EQ(json.at("gpu"), "not run (none here)");
}

TEST(CostByFaces, HasALinePerProgramAtTheCommonSize) {
  const Plot plot = CostByFaces(MadeUpComparison());
  ASSERT_EQ(plot.lines.size(), 2U);
  EXPECT_EQ(plot.lines[0].label, "face68");
  EXPECT_EQ(plot.lines[1].label, "dlib");
  EXPECT_THAT(plot.lines[0].x, ElementsAre(1.0, 4.0));
  EXPECT_THAT(plot.lines[0].y, ElementsAre(40.0, 50.0));
  EXPECT_THAT(plot.lines[1].x, ElementsAre(1.0));
}

TEST(CostBySize, HasOneFaceAtEachSize) {
  const Plot plot = CostBySize(MadeUpComparison());
  ASSERT_EQ(plot.lines.size(), 2U);
  EXPECT_THAT(plot.lines[1].x, ElementsAre(0.12, 0.3072));
  EXPECT_THAT(plot.lines[1].y, ElementsAre(25.0, 100.0));
}

}  // namespace
}  // namespace nosetip
