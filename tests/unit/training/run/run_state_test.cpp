#include "training/run/run_state.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/test_files.h"
#include "tracker/core/error.h"

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

}  // namespace
}  // namespace nosetip
