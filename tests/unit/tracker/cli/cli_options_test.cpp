#include "tracker/cli/cli_options.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tracker/cli/track_options.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

struct SampleOptions {
  bool fast = false;
  bool smooth = true;
  int size_px = 32;
  float score = 0.6F;
  std::string mode = "auto";

  static std::span<const Field<SampleOptions>> Fields() {
    static const auto kFields = std::to_array<Field<SampleOptions>>({
        {"fast", &SampleOptions::fast, "be fast"},
        {"smooth", &SampleOptions::smooth, "be smooth"},
        {"size", &SampleOptions::size_px, "size in pixels", 1, 64},
        {"score", &SampleOptions::score, "least score", 0, 1},
        {.name = "mode", .member = &SampleOptions::mode, .help = "which", .choices = {"auto", "x"}},
    });
    return kFields;
  }
};

class CliOptions : public ::testing::Test {
 protected:
  CliOptions() { AddOptions(app_, options_, "Sample"); }
  void Parse(std::vector<std::string> arguments) {
    std::ranges::reverse(arguments);  // as CLI11 wants them
    app_.parse(std::move(arguments));
  }

  CLI::App app_;
  SampleOptions options_;
};

TEST_F(CliOptions, SetTheMembersOfTheirTable) {
  Parse({"--fast", "--no-smooth", "--size", "8", "--score=0.25", "--mode", "x"});
  EXPECT_TRUE(options_.fast);
  EXPECT_FALSE(options_.smooth);
  EXPECT_EQ(options_.size_px, 8);
  EXPECT_EQ(options_.score, 0.25F);
  EXPECT_EQ(options_.mode, "x");
}

TEST_F(CliOptions, TakeTheLastOfSeveral) {
  Parse({"--size", "8", "--size", "9"});
  EXPECT_EQ(options_.size_px, 9);
}

TEST_F(CliOptions, RefuseOtherChoicesAndOptions) {
  EXPECT_THROW(Parse({"--mode", "y"}), CLI::ParseError);
  EXPECT_THROW(Parse({"--slow"}), CLI::ParseError);
  EXPECT_THROW(Parse({"--size", "many"}), CLI::ParseError);
}

TEST_F(CliOptions, ExplainEachOptionWithItsDefault) {
  const std::string help = app_.help();
  for (const char* part :
       {"--size", "size in pixels (1 to 64)", "32", "--mode", "auto", "0.6", "be smooth (on)"}) {
    EXPECT_THAT(help, HasSubstr(part));
  }
}

TEST(Validate, NamesTheOptionOutOfItsRange) {
  SampleOptions options;
  options.size_px = 65;
  try {
    Validate(options);
    FAIL() << "65 is above 64";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("--size is 65"));
  }
}

TEST(RunOptions, DefaultsAreValid) {
  EXPECT_NO_THROW(Validate(RunOptions()));
  EXPECT_FALSE(OutputOptions{}.Files());
}

}  // namespace
}  // namespace nosetip
