#include "tracker/cli/output_plan.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"

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
  EXPECT_EQ(plan.tables[plan.inputs[0].table].last_input, 2U);
  EXPECT_EQ(plan.tables[plan.inputs[3].table].last_input, 3U);
}

TEST(PlanOutputs, NamesTheTableOfALonePictureAfterIt) {
  const Input inputs[] = {Picture("/d/faces/a.jpg"), Video("c.mp4")};
  EXPECT_THAT(TablesOf(PlanOutputs(inputs)), ElementsAre("a", "c"));
}

TEST(OutputPaths, NeverGiveOutAPathTwice) {
  OutputPaths paths("out", {});
  EXPECT_EQ(paths.Claim("a", ".pts"), "out/a.pts");
  EXPECT_EQ(paths.Claim("a", ".pts"), "out/a-2.pts");
  EXPECT_EQ(paths.Claim("a", ".csv"), "out/a.csv");
}

TEST(OutputPaths, NeverGiveOutThePathOfAnInput) {
  const TempFolder folder;
  WriteText(folder / "clip.mp4", "");
  fs::create_directory_symlink(folder.path(), folder / "link");
  const Input inputs[] = {Video((folder / "link/clip.mp4").string())};
  OutputPaths paths(folder.path(), PlanOutputs(inputs).inputs);
  EXPECT_EQ(paths.Claim("clip", ".mp4"), folder / "clip-2.mp4");
}

}  // namespace
}  // namespace nosetip
