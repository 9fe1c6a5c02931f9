#include "tracker/cli/command_parser.h"

#include <array>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tracker/cli/track_options.h"
#include "tracker/core/environment.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

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

class CommandParserTest : public ::testing::Test {
 protected:
  CommandParserTest() { parser_.AddOptions(options_, "Sample"); }

  // What the program prints where it has to end; empty where it goes on.
  std::string Parse(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "program");
    ::testing::internal::CaptureStderr();
    const std::optional<int> exit_code = parser_.Parse(arguments);
    std::string printed = ::testing::internal::GetCapturedStderr();
    EXPECT_EQ(exit_code.has_value(), !printed.empty());
    EXPECT_NE(exit_code.value_or(1), 0);
    return printed;
  }

  CommandParser parser_{"A program"};
  SampleOptions options_;
};

TEST_F(CommandParserTest, SetsTheMembersOfItsTable) {
  EXPECT_EQ(Parse({"--fast", "--no-smooth", "--size", "8", "--score=0.25", "--mode", "x"}), "");
  EXPECT_TRUE(options_.fast);
  EXPECT_FALSE(options_.smooth);
  EXPECT_EQ(options_.size_px, 8);
  EXPECT_EQ(options_.score, 0.25F);
  EXPECT_EQ(options_.mode, "x");
  EXPECT_TRUE(parser_.IsGiven("size"));
}

TEST_F(CommandParserTest, TakesTheLastOfSeveral) {
  EXPECT_EQ(Parse({"--size", "8", "--size", "9"}), "");
  EXPECT_EQ(options_.size_px, 9);
  EXPECT_FALSE(parser_.IsGiven("score"));
}

TEST_F(CommandParserTest, RefusesOtherChoicesAndOptions) {
  EXPECT_THAT(Parse({"--mode", "y"}), HasSubstr("--mode"));
  EXPECT_THAT(Parse({"--slow"}), HasSubstr("--slow"));
  EXPECT_THAT(Parse({"--size", "many"}), HasSubstr("--size"));
}

TEST_F(CommandParserTest, ExplainsEachOptionWithItsDefault) {
  const std::string help = parser_.Help();
  for (const char* part :
       {"--size", "size in pixels (1 to 64)", "32", "--mode", "auto", "0.6", "be smooth (on)"}) {
    EXPECT_THAT(help, HasSubstr(part));
  }
}

TEST_F(CommandParserTest, SaysThatAFlagTakesNoValue) {
  EXPECT_THAT(Parse({"--fast=yes.csv"}), StartsWith("--fast takes no value\n"));
  EXPECT_THAT(Parse({"--no-smooth=7"}), StartsWith("--smooth and --no-smooth take no value\n"));
  SampleOptions kinds;
  CommandParser parser("A program");
  parser.AddOptions(kinds, CommandParser::kOutputs);
  ::testing::internal::CaptureStderr();
  EXPECT_TRUE(parser.Parse(std::array{"program", "--fast=f.csv"}).has_value());
  EXPECT_THAT(::testing::internal::GetCapturedStderr(),
              StartsWith("--fast takes no value: results go to --out\n"));
}

TEST(CommandParser, PrintsTheVersionAlsoWhereACommandIsMissing) {
  CommandParser parser("A program");
  parser.AddCommand("draw", "draw it");
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(parser.Parse(std::array{"some/folder/program", "--version"}), 0);
  EXPECT_EQ(::testing::internal::GetCapturedStdout(),
            "program " + ThisEnvironment().nosetip_version + "\n");
}

TEST_F(CommandParserTest, TakesArgumentsWithoutAName) {
  std::vector<std::string> inputs;
  parser_.AddArguments({"inputs", &inputs, "what to read"});
  EXPECT_EQ(Parse({"a.mp4", "--fast", "b.mp4"}), "");
  EXPECT_THAT(inputs, ::testing::ElementsAre("a.mp4", "b.mp4"));
}

TEST_F(CommandParserTest, RefusesAnOptionOutOfRangeAndOneThatIsMissing) {
  int count = 3;
  std::string data;
  parser_.AddOption({"count", &count, "how many", 1, 5});
  EXPECT_THAT(Parse({"--count", "6"}), HasSubstr("--count"));
  parser_.AddOption({.name = "data", .value = &data, .help = "which", .required = true});
  EXPECT_THAT(Parse({"--count", "5"}), HasSubstr("--data is required"));
  EXPECT_EQ(Parse({"--count", "5", "--data", "x"}), "");
}

TEST(CommandParser, KnowsWhatAMistypedWordMayHaveMeant) {
  int size = 3;
  const auto parse = [&](std::vector<const char*> arguments) {
    CommandParser parser("A program");
    parser.AddCommand("draw", "draw it").AddOption({"size-px", &size, "how large"});
    parser.AddCommand("drawn", "", /*hidden=*/true);
    arguments.insert(arguments.begin(), "program");
    ::testing::internal::CaptureStderr();
    EXPECT_NE(parser.Parse(arguments).value_or(0), 0);
    return ::testing::internal::GetCapturedStderr();
  };
  EXPECT_THAT(parse({"drwa"}), StartsWith("unknown command drwa; did you mean draw?\n"));
  EXPECT_THAT(parse({"mouth"}), StartsWith("unknown command mouth\n"));
  EXPECT_THAT(parse({"draw", "--sizepx", "3"}),
              StartsWith("unknown option --sizepx; did you mean --size-px?\n"));
  EXPECT_THAT(parse({"draw", "--size-pxx=3"}), HasSubstr("did you mean --size-px?"));
  EXPECT_THAT(parse({"draw", "--size-px", "x"}), ::testing::Not(HasSubstr("unknown")));
}

TEST(CommandParser, KnowsWhichCommandWasChosen) {
  CommandParser parser("A program");
  const CommandParser& draw = parser.AddCommand("draw", "draw it");
  const CommandParser& erase = parser.AddCommand("erase", "erase it", /*hidden=*/true);
  const std::array arguments = {"program", "draw"};
  EXPECT_EQ(parser.Parse(arguments), std::nullopt);
  EXPECT_TRUE(draw.IsChosen());
  EXPECT_FALSE(erase.IsChosen());
  EXPECT_THAT(parser.Help(), HasSubstr("draw it"));
  EXPECT_THAT(parser.Help(), ::testing::Not(HasSubstr("erase it")));
}

TEST(RunOptions, DefaultsAreValid) {
  EXPECT_NO_THROW(Validate(RunOptions()));
  EXPECT_FALSE(OutputOptions{}.Files());
}

}  // namespace
}  // namespace nosetip
