#include "tracker/cli/benchmark_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

TEST(BenchmarkCommand, MeasuresOneClip) {
  TrackOptions options;
  options.inputs = {"a.mp4", "b.mp4"};
  EXPECT_THAT(MessageOf([&] { RunBenchmarkCommand(options, {}); }), HasSubstr("one clip"));
}

TEST(BenchmarkCommand, FailsBeforeItLoadsAModelWhereTheJsonCannotBeWritten) {
  const TempFolder folder;
  WriteText(folder / "file", "");
  TrackOptions options;
  options.benchmark.json = (folder / "file/b.json").string();
  options.run.model = "nowhere.safetensors";
  EXPECT_THAT(MessageOf([&] { RunBenchmarkCommand(options, {}); }), HasSubstr("b.json"));
}

}  // namespace
}  // namespace nosetip
