#include "tracker/cli/track_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

std::string MessageFor(const StabilityOptions& options, const OutputOptions& outputs,
                       const RunOptions& run = {}) {
  return MessageOf([&] {
    Validate(options);
    CheckStability(options, outputs, run);
  });
}

TEST(StabilityOptions, AreForStabilityAlone) {
  const OutputOptions on = {.stability = true};
  EXPECT_EQ(MessageFor({"a.csv", 8.0}, on), "no error");
  EXPECT_EQ(MessageFor({}, {}), "no error");
  EXPECT_THAT(MessageFor({"a.csv", 0.0}, {}), HasSubstr("--camera-path is for what"));
  EXPECT_THAT(MessageFor({"", 8.0}, {}), HasSubstr("--sensor-noise is for what"));
  EXPECT_THAT(MessageFor({"", -1.0}, on), HasSubstr("--sensor-noise is -1"));
  EXPECT_THAT(MessageFor({"", 256.0}, on), HasSubstr("--sensor-noise is 256"));
}

TEST(StabilityOptions, GoWithNoFilesAndOneJob) {
  EXPECT_THAT(MessageFor({}, {.csv = true, .stability = true}), HasSubstr("writes no file"));
  RunOptions two_jobs;
  two_jobs.jobs = 2;
  EXPECT_THAT(MessageFor({}, {.stability = true}, two_jobs), HasSubstr("leave --jobs"));
  RunOptions again;
  again.resume = true;
  EXPECT_THAT(MessageFor({}, {.stability = true}, again), HasSubstr("leave --jobs"));
}

}  // namespace
}  // namespace nosetip
