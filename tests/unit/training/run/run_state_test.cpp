#include "training/run/run_state.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/test_files.h"
#include "tracker/core/error.h"
#include "tracker/model/checkpoint.h"

namespace nosetip {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

RunState SmallState() {
  RunState state = NewRunState({"conv3", 1, SizePx::Square(32), 1});
  StartRun(state, torch::kCPU, {});
  return state;
}

// What loading a run of `then` says where `now` is to go on; empty where it does go on.
std::string ProblemOf(const json& then, const json& now) {
  const TempFolder folder;
  SaveRunState(folder / "last.ntc", SmallState(), then);
  RunState state = SmallState();
  try {
    LoadRunState(folder / "last.ntc", now, {}, state);
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

TEST(RunState, GoesOnWithWhatAnOlderVersionDidNotHave) {
  const json then = {{"augment", {{"blur", 0.2}}}};
  EXPECT_EQ(ProblemOf(then, {{"augment", {{"blur", 0.2}, {"warp", 0.0}}}}), "");
  EXPECT_EQ(ProblemOf(then, {{"augment", {{"blur", 0.2}, {"fog", false}, {"sky", ""}}}}), "");
  EXPECT_THAT(ProblemOf(then, {{"augment", {{"blur", 0.2}, {"warp", 0.01}}}}), HasSubstr("warp"));
}

TEST(RunState, RefusesOtherValues) {
  const json then = {{"options", {{"seed", 1}}}};
  EXPECT_EQ(ProblemOf(then, then), "");
  EXPECT_THAT(ProblemOf(then, {{"options", {{"seed", 0}}}}), HasSubstr("seed = 1, not 0"));
}

TEST(RunState, RefusesDataOrOptionsThatAreMissingNow) {
  const json now = {{"data", {{"pack 1", {24, 64}}}}};
  const json then = {{"data", {{"pack 1", {24, 64}}, {"rehearsal 1", {10, 64}}}}};
  EXPECT_THAT(ProblemOf(then, now), HasSubstr("rehearsal 1 = [10,64], not nothing"));
  EXPECT_THAT(ProblemOf(now, then), HasSubstr("rehearsal 1 = nothing, not [10,64]"));
  EXPECT_EQ(ProblemOf({{"options", {{"old", 0}}}}, {{"options", {{"new", false}}}}), "");
  EXPECT_THAT(ProblemOf({{"options", {{"old", 3}}}}, {{"options", {{"seed", 0}}}}),
              HasSubstr("old = 3"));
}

// Writes a state as SaveRunState does, with another description.
std::string ProblemOfDescription(const json& meta) {
  const TempFolder folder;
  const RunState saved = SmallState();
  torch::serialize::OutputArchive archive;
  archive.write("meta", c10::IValue(meta.dump()));
  WriteWeights(archive, *saved.network, "network/");
  WriteWeights(archive, *saved.averaged, "averaged/");
  torch::serialize::OutputArchive optimizer;
  saved.optimizer->save(optimizer);
  archive.write("optimizer", optimizer);
  archive.write("random/cpu", torch::zeros({1}));
  WriteArchive(folder / "last.ntc", archive);
  RunState state = SmallState();
  try {
    LoadRunState(folder / "last.ntc", json::object(), {"loss"}, state);
    EXPECT_EQ(state.partial.epoch, 0);
    EXPECT_EQ(state.history.epochs.size(), 1U);
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

TEST(RunState, ReadsAFileOfAVersionThatKeptWholeEpochsOnly) {
  json meta = {{"format", "nosetip-run"},
               {"format_version", 1},
               {"identity", json::object()},
               {"history", {{{"epoch", 1}, {"loss", 0.5}}}}};
  EXPECT_EQ(ProblemOfDescription(meta), "");
  meta["format_version"] = 2;
  EXPECT_THAT(ProblemOfDescription(meta), HasSubstr("from another version of Nosetip"));
}

TEST(RunState, RefusesAnUnfinishedEpochThatDoesNotFollowTheLast) {
  const json meta = {
      {"format", "nosetip-run"},
      {"format_version", 1},
      {"identity", json::object()},
      {"history", {{{"epoch", 1}, {"loss", 0.5}}}},
      {"partial", {{"epoch", 4}, {"steps", 1}, {"loss_sum", 1.0}, {"seconds", 1.0}}}};
  EXPECT_THAT(ProblemOfDescription(meta), HasSubstr("epoch 4 does not follow epoch 1"));
}

}  // namespace
}  // namespace nosetip
