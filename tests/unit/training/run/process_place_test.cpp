#include "training/run/process_place.h"

#include <map>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

using Variables = std::map<std::string, std::string>;

ProcessPlace PlaceOf(const Variables& variables) {
  return ThisProcess([&](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}

std::string ProblemOf(const Variables& variables) {
  try {
    PlaceOf(variables);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

const Variables kSecondOfFour = {{"WORLD_SIZE", "4"},
                                 {"RANK", "1"},
                                 {"LOCAL_RANK", "1"},
                                 {"MASTER_ADDR", "10.0.0.7"},
                                 {"MASTER_PORT", "29500"}};

TEST(ThisProcess, IsTheOnlyOneUnlessToldOtherwise) {
  for (const Variables& alone : {Variables{}, {{"WORLD_SIZE", "1"}}, {{"WORLD_SIZE", ""}}}) {
    EXPECT_EQ(PlaceOf(alone).size, 1);
    EXPECT_TRUE(PlaceOf(alone).IsFirst());
  }
}

TEST(ThisProcess, ReadsWhatTorchrunSets) {
  if (!CanConnectProcesses()) GTEST_SKIP() << "this build trains in one process";
  const ProcessPlace place = PlaceOf(kSecondOfFour);
  EXPECT_EQ(place.size, 4);
  EXPECT_EQ(place.rank, 1);
  EXPECT_EQ(place.local_rank, 1);
  EXPECT_EQ(place.address, "10.0.0.7");
  EXPECT_EQ(place.port, 29500);
  EXPECT_FALSE(place.IsFirst());
  EXPECT_FALSE(place.launcher_listens);
  Variables variables = kSecondOfFour;
  variables["TORCHELASTIC_USE_AGENT_STORE"] = "True";
  EXPECT_TRUE(PlaceOf(variables).launcher_listens);
}

TEST(ThisProcess, NamesTheVariableThatIsMissing) {
  for (const char* name : {"RANK", "LOCAL_RANK", "MASTER_ADDR", "MASTER_PORT"}) {
    Variables variables = kSecondOfFour;
    variables.erase(name);
    EXPECT_THAT(ProblemOf(variables), ::testing::HasSubstr(std::string(", but ") + name)) << name;
    EXPECT_THAT(ProblemOf(variables), ::testing::HasSubstr("torchrun"));
  }
}

TEST(ThisProcess, NamesTheVariableThatIsWrong) {
  const auto problem_with = [](const char* name, const char* value) {
    Variables variables = kSecondOfFour;
    variables[name] = value;
    return ProblemOf(variables);
  };
  EXPECT_THAT(problem_with("WORLD_SIZE", "two"), ::testing::HasSubstr("WORLD_SIZE is 'two'"));
  EXPECT_THAT(problem_with("RANK", "4"), ::testing::HasSubstr("RANK is '4'"));
  EXPECT_THAT(problem_with("RANK", "1x"), ::testing::HasSubstr("from 0 to 3"));
  EXPECT_THAT(problem_with("LOCAL_RANK", "-1"), ::testing::HasSubstr("LOCAL_RANK is '-1'"));
  EXPECT_THAT(problem_with("MASTER_PORT", "70000"), ::testing::HasSubstr("MASTER_PORT"));
}

TEST(ThisProcess, SaysWhatABuildWithoutC10dLacks) {
  if (CanConnectProcesses()) GTEST_SKIP() << "this build connects processes";
  EXPECT_THAT(ProblemOf(kSecondOfFour), ::testing::HasSubstr("libgloo-dev"));
}

}  // namespace
}  // namespace nosetip
