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

}  // namespace
}  // namespace nosetip
