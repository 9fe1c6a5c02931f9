#include "tests/unit/tracker/cli/track_run_fixture.h"

namespace nosetip {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

TEST_F(TrackRunTest, WritesTheSameHoweverManyJobsThereAre) {
  std::vector<Input> inputs;
  for (int i = 0; i < 5; ++i) {
    inputs.push_back(GrayClip("clip" + std::to_string(i), 20 - 4 * i, 10 * i));
  }
  inputs.push_back({Picture("pictures/a.png"), SourceKind::kPicture});
  inputs.push_back({Picture("pictures/b.png"), SourceKind::kPicture});
  RunSettings settings =
      SettingsFor(inputs, {.csv = true, .jsonl = true, .pts = true, .sheet = true});
  for (const size_t jobs : {1, 3, 9}) {
    std::vector<TrackingParts> parts = GrayJobs(jobs);
    settings.outputs.folder = folder_ / std::to_string(jobs);
    summaries_.clear();
    EXPECT_EQ(Run(settings, parts).failed_inputs, 0);
    EXPECT_THAT(summaries_, SizeIs(6));
  }
  const std::vector<std::string> names = NamesIn(folder_ / "1");
  EXPECT_THAT(names, SizeIs(6 * 3 + 20 + 16 + 12 + 8 + 4));
  for (const char* folder : {"3", "9"}) {
    EXPECT_EQ(NamesIn(folder_ / folder), names);
    for (const std::string& name : names) {
      EXPECT_EQ(ReadText(folder_ / folder / name), ReadText(folder_ / "1" / name)) << name;
    }
  }
}

// So that a table does not depend on what the same job had before.
TEST_F(TrackRunTest, CountsFacesOfEachTableFrom0) {
  std::vector<TrackingParts> jobs = GrayJobs(1);
  Run(SettingsFor({GrayClip("a", 2), GrayClip("b", 2)}), jobs);
  for (const char* name : {"out/a.csv", "out/b.csv"}) {
    const std::vector<std::string> rows = ReadLines(folder_ / name);
    ASSERT_THAT(rows, SizeIs(1 + 2));
    EXPECT_THAT(rows[1], HasSubstr("%d.png,0,0,")) << name;
  }
}

TEST_F(TrackRunTest, TracksOnlyTheTablesThatAreWanted) {
  RunSettings settings = SettingsFor({GrayClip("a", 2), GrayClip("b", 2), GrayClip("c", 2)});
  settings.tables = {0, 2};
  std::vector<TrackingParts> jobs = GrayJobs(2);
  Run(settings, jobs);
  EXPECT_THAT(NamesIn(folder_ / "out"), ElementsAre("a.csv", "c.csv"));
}

TEST_F(TrackRunTest, TracksTheOthersWhereAJobsInputCannotBeRead) {
  const std::string bad = (folder_ / "bad.mp4").string();
  WriteText(bad, "no video");
  const std::vector<Input> inputs = {
      GrayClip("a", 3), {bad, SourceKind::kVideoFile}, GrayClip("b", 3), GrayClip("c", 3)};
  std::vector<TrackingParts> jobs = GrayJobs(2);
  EXPECT_EQ(Run(SettingsFor(inputs), jobs).failed_inputs, 1);
  EXPECT_THAT(errors_, ElementsAre(HasSubstr(bad)));
  EXPECT_THAT(NamesIn(folder_ / "out"), ElementsAre("a.csv", "b.csv", "c.csv"));
  EXPECT_THAT(summaries_, Each(Field(&TableSummary::complete, true)));
}

TEST_F(TrackRunTest, BeginsNoFurtherTableWhereAnOutputCannotBeWritten) {
  std::filesystem::create_directories(folder_ / "out/a.csv");
  std::vector<TrackingParts> jobs = GrayJobs(1);
  EXPECT_EQ(Run(SettingsFor({GrayClip("a", 3), GrayClip("b", 3)}), jobs).failed_inputs, 1);
  EXPECT_THAT(errors_, ElementsAre(HasSubstr("a.csv is a folder")));
  EXPECT_THAT(NamesIn(folder_ / "out"), ElementsAre("a.csv"));
}

TEST_F(TrackRunTest, ShowsHowFarAllJobsAreTogether) {
  std::string written;
  Progress::Clock::time_point now;
  Progress progress({.write = [&](std::string_view text) { written += text; },
                     .now = [&] { return now += std::chrono::seconds(11); }});
  std::vector<TrackingParts> jobs = GrayJobs(2);
  TrackTables(SettingsFor({GrayClip("a", 3), GrayClip("b", 3), GrayClip("c", 3)}), jobs, progress);
  EXPECT_THAT(written, StartsWith("0 of 3 done: 1 frames, "));
  EXPECT_THAT(written, HasSubstr(" of 3 done: 9 frames, "));
}

TEST_F(TrackRunTest, StopsAllJobsWithTheFramesSoFar) {
  RunSettings settings = SettingsFor({GrayClip("a", 30), GrayClip("b", 30), GrayClip("c", 30)});
  int results = 0;
  settings.on_result = [&](const TrackResult&) {
    if (++results == 8) stop_.request_stop();
  };
  std::vector<TrackingParts> jobs = GrayJobs(2);
  EXPECT_TRUE(Run(settings, jobs).stopped);
  size_t rows = 0;
  for (const TableSummary& summary : summaries_) {
    EXPECT_FALSE(summary.complete);
    ASSERT_THAT(summary.written, SizeIs(1));
    rows += ReadLines(summary.written[0].path).size() - 1;
  }
  EXPECT_EQ(rows, static_cast<size_t>(results));
  EXPECT_LT(results, 30);
  EXPECT_THAT(NamesIn(folder_ / "out"), SizeIs(summaries_.size()));
}

}  // namespace
}  // namespace nosetip
