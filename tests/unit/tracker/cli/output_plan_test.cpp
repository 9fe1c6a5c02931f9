#include "tracker/cli/output_plan.h"

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;

Input Video(const std::string& source) { return {source, SourceKind::kVideoFile}; }
Input Picture(const std::string& source) { return {source, SourceKind::kPicture}; }

std::vector<std::string> NamesOf(const OutputPlan& plan) {
  std::vector<std::string> names;
  for (const PlannedInput& planned : plan.inputs) names.push_back(planned.name);
  return names;
}

std::vector<std::string> TablesOf(const OutputPlan& plan) {
  std::vector<std::string> names;
  for (const PlannedInput& planned : plan.inputs) names.push_back(plan.tables[planned.table].name);
  return names;
}

TEST(NameOfInput, FollowsTheKindOfInput) {
  EXPECT_EQ(NameOfInput(Video("a/b.c.mp4")), "b.c");
  EXPECT_EQ(NameOfInput({"2", SourceKind::kCamera}), "camera2");
  EXPECT_EQ(NameOfInput({"/dev/video1", SourceKind::kCamera}), "camera1");
  EXPECT_EQ(NameOfInput({"run/img_%04d.png", SourceKind::kPictureSequence}), "img");
  EXPECT_EQ(NameOfInput({"run/%04d.png", SourceKind::kPictureSequence}), "run");
}

TEST(NameOfInput, MakesAFileNameOfAnAddressAndKeepsPasswordsOut) {
  const auto name = [](const std::string& address) {
    return NameOfInput({address, SourceKind::kStream});
  };
  EXPECT_EQ(name("rtsp://host:554/live/front door/?key=secret"), "front-door");
  EXPECT_EQ(name("rtsp://user:secret@host"), "host");
  EXPECT_EQ(name("rtsp://"), "stream");
}

TEST(PlanOutputs, GivesInputsOfOneNameDifferentOutputs) {
  const Input inputs[] = {Video("a/clip.mp4"), Video("b/clip.mp4"), Video("clip-2.mp4")};
  const OutputPlan plan = PlanOutputs(inputs);
  EXPECT_THAT(NamesOf(plan), ElementsAre("clip", "clip-2", "clip-2-2"));
  EXPECT_THAT(TablesOf(plan), ElementsAre("clip", "clip-2", "clip-2-2"));
}

TEST(PlanOutputs, PutsThePicturesOfAFolderInOneTable) {
  const Input inputs[] = {Picture("/d/faces/a.jpg"), Video("/d/faces/c.mp4"),
                          Picture("/d/faces/b.png"), Picture("/e/faces/a.jpg")};
  const OutputPlan plan = PlanOutputs(inputs);
  EXPECT_THAT(NamesOf(plan), ElementsAre("a", "c", "b", "a-2"));
  EXPECT_THAT(TablesOf(plan), ElementsAre("faces", "c", "faces", "faces-2"));
  EXPECT_THAT(plan.tables[plan.inputs[0].table].inputs, ElementsAre(0U, 2U));
  EXPECT_THAT(plan.tables[plan.inputs[3].table].inputs, ElementsAre(3U));
}

TEST(PlanOutputs, NamesTheTableOfALonePictureAfterIt) {
  const Input inputs[] = {Picture("/d/faces/a.jpg"), Video("c.mp4")};
  EXPECT_THAT(TablesOf(PlanOutputs(inputs)), ElementsAre("a", "c"));
}

TEST(OutputPaths, LeaveAnInputsNameToIt) {
  const Input inputs[] = {Picture("two.png"), Picture("two_1.png"), Picture("two_1-2.png")};
  const OutputPaths paths("out", PlanOutputs(inputs).inputs);
  EXPECT_EQ(paths.PathOf("two", "two", ".pts"), "out/two.pts");
  EXPECT_EQ(paths.PathOf("two", "two_1", ".pts"), "out/two_1-3.pts");
  EXPECT_EQ(paths.PathOf("two", "two_2", ".pts"), "out/two_2.pts");
  EXPECT_EQ(paths.PathOf("two_1", "two_1", ".pts"), "out/two_1.pts");
  EXPECT_EQ(paths.PathOf("two_1", "two_1_1", ".pts"), "out/two_1_1.pts");
  EXPECT_EQ(paths.PathOf("two", "two_1_1", ".pts"), "out/two_1_1-2.pts");
}

TEST(OutputPaths, KnowANameThatHoldsUnderscores) {
  const Input inputs[] = {Picture("a.png"), Picture("a_b.png")};
  const OutputPaths paths("out", PlanOutputs(inputs).inputs);
  EXPECT_EQ(paths.PathOf("a_b", "a_b_1", ".pts"), "out/a_b_1.pts");
  EXPECT_EQ(paths.PathOf("a_b", "a_b", ".png"), "out/a_b.png");
}

TEST(OutputPaths, NeverGiveOutThePathOfAnInput) {
  const TempFolder folder;
  WriteText(folder / "clip.mp4", "");
  fs::create_directory_symlink(folder.path(), folder / "link");
  const Input inputs[] = {Video((folder / "link/clip.mp4").string())};
  const OutputPaths paths(folder.path(), PlanOutputs(inputs).inputs);
  EXPECT_EQ(paths.PathOf("clip", "clip", ".mp4"), folder / "clip-2.mp4");
}

TEST(HasLiveInput, IsTrueForCamerasAndStreams) {
  const Input clip{"a.mp4", SourceKind::kVideoFile};
  EXPECT_FALSE(HasLiveInput(PlanOutputs(std::vector{clip})));
  for (const Input& live :
       {Input{"0", SourceKind::kCamera}, Input{"rtsp://host/a", SourceKind::kStream}}) {
    EXPECT_TRUE(HasLiveInput(PlanOutputs(std::vector{clip, live}))) << live.source;
  }
}

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::ThrowsMessage;

TEST(ParseShard, ReadsAPartAndACount) {
  EXPECT_EQ(ParseShard("2/4").index, 2U);
  EXPECT_EQ(ParseShard("2/4").count, 4U);
  EXPECT_FALSE(ParseShard("2/4").Whole());
  EXPECT_TRUE(ParseShard("1/1").Whole());
  EXPECT_TRUE(ParseShard("").Whole());
}

TEST(ParseShard, NamesWhatIsWrong) {
  for (const char* text : {"0/4", "5/4"}) {
    EXPECT_THAT([&] { ParseShard(text); }, ThrowsMessage<Error>(HasSubstr("parts are 1 to 4")));
  }
  for (const char* text :
       {"a/b", "1/2/3", "-1/4", "1/", "/4", " 1/4", "1.5/4", "99999999999999999999999/4"}) {
    EXPECT_THAT([&] { ParseShard(text); },
                ThrowsMessage<Error>(HasSubstr("--shard is '" + std::string(text) + "'")));
  }
  EXPECT_THAT([] { ParseShard("3"); }, ThrowsMessage<Error>(HasSubstr("such as 2/4")));
  EXPECT_THAT([] { ParseShard("0/0"); }, ThrowsMessage<Error>(HasSubstr("at least one part")));
  EXPECT_THAT([] { ParseShard("2/18446744073709551615"); },
              ThrowsMessage<Error>(HasSubstr("at most 1000000 parts")));
}

TEST(TablesOfShard, ArePartsThatHaveEachTableOnce) {
  for (const size_t tables : {0, 1, 7, 8, 100}) {
    for (const size_t count : {1, 2, 3, 8, 150}) {
      std::vector<size_t> all;
      for (size_t index = 1; index <= count; ++index) {
        const std::vector<size_t> part = TablesOfShard({index, count}, tables);
        EXPECT_TRUE(std::ranges::is_sorted(part));
        EXPECT_LE(part.size(), (tables + count - 1) / count);
        all.insert(all.end(), part.begin(), part.end());
      }
      std::ranges::sort(all);
      std::vector<size_t> expected(tables);
      std::iota(expected.begin(), expected.end(), 0U);
      EXPECT_EQ(all, expected);
    }
  }
}

TEST(TablesOfShard, TakeTurns) {
  EXPECT_THAT(TablesOfShard({2, 3}, 8), ElementsAre(1U, 4U, 7U));
  EXPECT_THAT(TablesOfShard({3, 3}, 2), IsEmpty());
}

}  // namespace

}  // namespace nosetip
