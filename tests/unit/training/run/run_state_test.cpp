#include "training/run/run_state.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"
#include "tracker/core/error.h"
#include "tracker/model/tensor_file.h"

namespace nosetip {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;

RunState SmallState() {
  RunState state = NewRunState({"conv3", 1, SizePx::Square(32), 1});
  StartRun(state, torch::kCPU, {});
  return state;
}

// What loading a run of `then` says where `now` is to go on; "no error" where it does go on.
std::string ProblemOf(const json& then, const json& now) {
  const TempFolder folder;
  SaveRunState(folder / "last.safetensors", SmallState(), then);
  RunState state = SmallState();
  return MessageOf([&] { LoadRunState(folder / "last.safetensors", now, {}, state); });
}

TEST(RunState, GoesOnWithWhatAnOlderVersionDidNotHave) {
  const json then = {{"augment", {{"blur", 0.2}}}};
  EXPECT_EQ(ProblemOf(then, {{"augment", {{"blur", 0.2}, {"warp", 0.0}}}}), "no error");
  EXPECT_EQ(ProblemOf(then, {{"augment", {{"blur", 0.2}, {"fog", false}, {"sky", ""}}}}),
            "no error");
  EXPECT_THAT(ProblemOf(then, {{"augment", {{"blur", 0.2}, {"warp", 0.01}}}}), HasSubstr("warp"));
}

TEST(RunState, RefusesOtherValues) {
  const json then = {{"options", {{"seed", 1}}}};
  EXPECT_EQ(ProblemOf(then, then), "no error");
  EXPECT_THAT(ProblemOf(then, {{"options", {{"seed", 0}}}}), HasSubstr("seed = 1, not 0"));
}

TEST(RunState, RaisesEpochsOnlyWhereThatIsAskedFor) {
  const TempFolder folder;
  const auto identity = [](int epochs) { return json{{"options", {{"epochs", epochs}}}}; };
  SaveRunState(folder / "last.safetensors", SmallState(), identity(20));
  RunState state = SmallState();
  EXPECT_THAT(MessageOf([&] {
                LoadRunState(folder / "last.safetensors", identity(150), {}, state,
                             /*may_raise=*/false);
              }),
              HasSubstr("epochs = 20, not 150"));
  LoadRunState(folder / "last.safetensors", identity(150), {}, state);
  EXPECT_EQ(state.raised.size(), 1U);
}

TEST(RunState, RefusesDataOrOptionsThatAreMissingNow) {
  const json now = {{"data", {{"pack 1", {24, 64}}}}};
  const json then = {{"data", {{"pack 1", {24, 64}}, {"rehearsal 1", {10, 64}}}}};
  EXPECT_THAT(ProblemOf(then, now), HasSubstr("rehearsal 1 = [10,64], not nothing"));
  EXPECT_THAT(ProblemOf(now, then), HasSubstr("rehearsal 1 = nothing, not [10,64]"));
  EXPECT_EQ(ProblemOf({{"options", {{"old", 0}}}}, {{"options", {{"new", false}}}}), "no error");
  EXPECT_THAT(ProblemOf({{"options", {{"old", 3}}}}, {{"options", {{"seed", 0}}}}),
              HasSubstr("old = 3"));
}

// What a state with these entries in its description is refused for.
std::string ProblemOfDescription(const Metadata& changes) {
  const TempFolder folder;
  const auto path = folder / "last.safetensors";
  const RunState saved = SmallState();
  SaveRunState(path, saved, json::object());
  Metadata metadata = SafetensorsFile(path, "stopped training").content().metadata;
  for (const auto& [name, value] : changes) metadata[name] = value;
  NamedTensors tensors{{"random/cpu", torch::zeros({1}, torch::kUInt8)}};
  AddWeights(tensors, *saved.network, "network/");
  AddWeights(tensors, *saved.averaged, "averaged/");
  WriteTensors(path, metadata, tensors);
  RunState state = SmallState();
  return MessageOf([&] { LoadRunState(path, json::object(), {"loss"}, state); });
}

constexpr const char* kOneEpoch = R"([{"epoch": 1, "loss": 0.5}])";

TEST(RunState, RefusesAFileOfAnotherVersion) {
  EXPECT_THAT(ProblemOfDescription({{"format_version", "3"}}),
              HasSubstr("not a stopped training that this version of Nosetip can resume"));
}

TEST(RunState, NamesADescriptionThatIsDamaged) {
  EXPECT_THAT(ProblemOfDescription({{"history", "[{}]"}}), HasSubstr("is damaged"));
  EXPECT_THAT(ProblemOfDescription({{"partial", std::string(200'000, '[')}}),
              AllOf(HasSubstr("last.safetensors is damaged"), HasSubstr("levels")));
}

// Steps with a fixed gradient.
void Train(RunState& state, int steps) {
  for (int i = 0; i < steps; ++i) {
    for (auto& parameter : state.network->parameters()) {
      parameter.mutable_grad() = torch::full_like(parameter, 0.25);
    }
    state.optimizer->step();
  }
}

TEST(RunState, KeepsTheOptimizer) {
  const TempFolder folder;
  RunState whole = SmallState();
  Train(whole, 3);
  SaveRunState(folder / "last.safetensors", whole, json::object());
  RunState resumed = SmallState();
  LoadRunState(folder / "last.safetensors", json::object(), {}, resumed);
  Train(whole, 2);
  Train(resumed, 2);
  const auto expected = whole.network->parameters();
  const auto found = resumed.network->parameters();
  for (size_t i = 0; i < expected.size(); ++i) EXPECT_TRUE(torch::equal(found[i], expected[i]));
}

TEST(RunState, RefusesAnUnfinishedEpochThatDoesNotFollowTheLast) {
  const char* partial = R"({"epoch": 4, "steps": 1, "loss_sum": 1.0, "seconds": 1.0})";
  EXPECT_THAT(ProblemOfDescription({{"history", kOneEpoch}, {"partial", partial}}),
              HasSubstr("epoch 4 does not follow epoch 1"));
}

}  // namespace
}  // namespace nosetip
