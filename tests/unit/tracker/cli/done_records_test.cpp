#include "tracker/cli/done_records.h"

#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tracker/cli/track_options.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;

// Two clips, of which the first is finished, and a sequence of two pictures.
class DoneRecordsTest : public ::testing::Test {
 protected:
  DoneRecordsTest() {
    for (const char* name : {"in/a.mp4", "in/b.mp4", "in/s_0.png", "in/s_1.png"}) {
      WriteText(folder_ / name, "12345");
    }
    setup_.kinds = {.csv = true};
    setup_.folder = folder_ / "out";
    setup_.plan = PlanOutputs(std::vector<Input>{
        {In("a.mp4"), SourceKind::kVideoFile},
        {In("b.mp4"), SourceKind::kVideoFile},
        {In("s_%d.png"), SourceKind::kPictureSequence},
        {"0", SourceKind::kCamera},
    });
    WriteText(setup_.folder / "a.csv", "rows");
    settings_.Add("--smooth", "off");
    Finish(0, {{setup_.folder / "a.csv", ""}});
  }

  std::string In(const std::string& name) const { return (folder_ / "in" / name).string(); }
  void Finish(size_t table, const std::vector<WrittenFile>& written) {
    DoneRecords records(setup_, settings_);
    records.Begin(table);
    records.Finish(table, written);
  }
  std::optional<std::string> Why(size_t table = 0) const {
    return DoneRecords(setup_, settings_).WhyToTrack(table);
  }
  // As if it had been written later.
  static void Touch(const fs::path& path) {
    fs::last_write_time(path, fs::last_write_time(path) + std::chrono::seconds(5));
  }

  TempFolder folder_;
  OutputSetup setup_;
  ResultSettings settings_;
};

TEST_F(DoneRecordsTest, KnowWhatIsFinished) {
  EXPECT_EQ(Why(0), std::nullopt);
  EXPECT_THAT(Why(1), Optional(IsEmpty()));
}

TEST_F(DoneRecordsTest, AreForgottenWhenTheTableBeginsAnew) {
  DoneRecords(setup_, settings_).Begin(0);
  EXPECT_THAT(Why(), Optional(IsEmpty()));
}

TEST_F(DoneRecordsTest, HoldForFewerKindsOfOutputButNotForMore) {
  setup_.kinds.jsonl = true;
  EXPECT_THAT(Why(), Optional(HasSubstr("without --jsonl")));
  setup_.kinds = {};
  EXPECT_EQ(Why(), std::nullopt);
}

TEST_F(DoneRecordsTest, DoNotHoldForOtherSettings) {
  settings_.Add("--smooth", "on");
  EXPECT_THAT(Why(), Optional(HasSubstr("--smooth has changed")));
  settings_ = {};
  EXPECT_EQ(Why(), std::nullopt);
  settings_.Add("--new-option", "1");
  EXPECT_THAT(Why(), Optional(HasSubstr("--new-option has changed")));
}

TEST_F(DoneRecordsTest, DoNotHoldForAnInputThatHasChanged) {
  Touch(In("a.mp4"));
  EXPECT_THAT(Why(), Optional(HasSubstr("in/a.mp4 has changed")));
  fs::remove(In("a.mp4"));
  EXPECT_THAT(Why(), Optional(HasSubstr("in/a.mp4 has changed")));
}

TEST_F(DoneRecordsTest, DoNotHoldForAnotherInputOfThatName) {
  WriteText(folder_ / "other/a.mp4", "12345");
  setup_.plan.inputs[0].input.source = (folder_ / "other/a.mp4").string();
  EXPECT_THAT(Why(), Optional(HasSubstr("other/a.mp4 is another input")));
}

TEST_F(DoneRecordsTest, DoNotHoldWhereAnOutputIsNotAsItWas) {
  Touch(setup_.folder / "a.csv");
  EXPECT_THAT(Why(), Optional(HasSubstr("out/a.csv has changed")));
  fs::remove(setup_.folder / "a.csv");
  EXPECT_THAT(Why(), Optional(HasSubstr("out/a.csv is missing")));
}

TEST_F(DoneRecordsTest, SeeAPictureThatASequenceHasMore) {
  Finish(2, {});
  EXPECT_EQ(Why(2), std::nullopt);
  WriteText(In("s_2.png"), "");
  EXPECT_THAT(Why(2), Optional(HasSubstr("s_%d.png has changed")));
}

TEST_F(DoneRecordsTest, NeverCallACameraFinished) {
  Finish(3, {});
  EXPECT_THAT(Why(3), Optional(IsEmpty()));
}

TEST_F(DoneRecordsTest, AreNotTrustedWhereTheyCannotBeRead) {
  for (const char* text : {"", "{", "[]", "7", R"({"format": "nosetip-done", "format_version": 1})",
                           R"({"format": "nosetip-done", "format_version": 1, "kinds": 3,
                               "settings": 4, "inputs": "a", "outputs": [1]})"}) {
    WriteText(setup_.folder / "done/a.json", text);
    EXPECT_THAT(Why(), Optional(HasSubstr("it"))) << text;
  }
  WriteText(setup_.folder / "done/a.json", R"({"format": "nosetip-done", "format_version": 2})");
  EXPECT_THAT(Why(), Optional(HasSubstr("another format version")));
}

TEST_F(DoneRecordsTest, SayWhatIsTrackedAgainAndWhatIsNot) {
  std::vector<std::string> said;
  const auto say = [&](const std::string& text) { said.push_back(text); };
  const std::vector<size_t> tables = {0, 1, 3};
  EXPECT_THAT(DoneRecords(setup_, settings_).LeftOf(tables, say), ElementsAre(1U, 3U));
  EXPECT_THAT(said, ElementsAre("resume: 1 of 3 were finished earlier"));
  said.clear();
  settings_.Add("--smooth", "on");
  EXPECT_THAT(DoneRecords(setup_, settings_).LeftOf(tables, say), ElementsAre(0U, 1U, 3U));
  EXPECT_THAT(said, ElementsAre("tracking a again: --smooth has changed",
                                "resume: 0 of 3 were finished earlier"));
  fs::remove_all(setup_.folder / "done");
  said.clear();
  DoneRecords(setup_, settings_).LeftOf(tables, say);
  EXPECT_THAT(said, ElementsAre(HasSubstr("first run with --resume")));
}

TEST(ResultSettings, TellValuesAndFilesApart) {
  const TempFolder folder;
  WriteText(folder / "one", "model");
  WriteText(folder / "same", "model");
  WriteText(folder / "other", "Model");
  const auto text = [&](const char* name) {
    ResultSettings settings;
    settings.AddFile("--model", (folder / name).string());
    return settings.texts().at("--model");
  };
  EXPECT_EQ(text("one"), text("same"));
  EXPECT_NE(text("one"), text("other"));
  RunOptions options;
  options.threads = 3;
  options.quiet = true;
  ResultSettings settings;
  settings.AddOptions(options);
  EXPECT_EQ(settings.texts().at("--threads"), "3");
  EXPECT_EQ(settings.texts().at("--quiet"), "on");
  EXPECT_EQ(settings.texts().at("--out"), "out");
}

}  // namespace
}  // namespace nosetip
