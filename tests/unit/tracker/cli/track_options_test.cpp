#include "tracker/cli/track_options.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;

// What the program would make of this command line.
TrackOptions Parsed(const std::vector<std::string>& arguments) {
  CommandParser parser("nosetip-track");
  TrackOptions options;
  AddTrackOptions(parser, options);
  std::vector<const char*> words = {"nosetip-track"};
  for (const std::string& argument : arguments) words.push_back(argument.c_str());
  EXPECT_EQ(parser.Parse(words), std::nullopt);
  return options;
}

std::string MessageFor(const std::vector<std::string>& arguments) {
  return MessageOf([&] { CheckTrackOptions(Parsed(arguments)); });
}

TEST(TrackOptions, HaveTheShippedDetectorAsDefault) {
  const TrackOptions options = Parsed({"a.mp4", "b.png", "--max-faces", "3", "--smooth"});
  EXPECT_THAT(options.inputs, ElementsAre("a.mp4", "b.png"));
  EXPECT_EQ(options.tracker.max_faces, 3);
  EXPECT_TRUE(options.tracker.smoothing.smooth);
  EXPECT_THAT(options.detector.detector, EndsWith("models/face_detector.onnx"));
}

TEST(TrackOptions, NeedInputsUnlessTheyBenchmark) {
  EXPECT_THAT(MessageFor({}), HasSubstr("no inputs"));
  EXPECT_EQ(MessageFor({"--benchmark"}), "no error");
  EXPECT_EQ(MessageFor({"a.mp4"}), "no error");
}

TEST(TrackOptions, NeedATableForTheUnixTime) {
  EXPECT_THAT(MessageFor({"a.mp4", "--unix-time", "--video"}), HasSubstr("--csv or --jsonl"));
  EXPECT_EQ(MessageFor({"a.mp4", "--unix-time", "--video", "--jsonl"}), "no error");
  EXPECT_EQ(MessageFor({"a.mp4", "--unix-time"}), "no error");
}

TEST(TrackOptions, NeedATableForSignals) {
  EXPECT_THAT(MessageFor({"a.mp4", "--signals", "--video"}), HasSubstr("--signals needs --csv"));
  EXPECT_EQ(MessageFor({"a.mp4", "--signals", "--jsonl"}), "no error");
  EXPECT_EQ(MessageFor({"a.mp4", "--signals"}), "no error");
}

TEST(TrackOptions, SendOneTableToStandardOutput) {
  const TrackOptions options = Parsed({"--csv", "-", "a.mp4", "--jsonl"});
  EXPECT_THAT(options.inputs, ElementsAre("a.mp4"));
  EXPECT_TRUE(options.outputs.csv_to_stdout && options.outputs.csv && options.outputs.jsonl);
  EXPECT_FALSE(options.outputs.jsonl_to_stdout);
  EXPECT_TRUE(Parsed({"a.mp4", "--jsonl=-"}).outputs.jsonl_to_stdout);
  EXPECT_EQ(MessageFor({"a.mp4", "--jsonl", "-", "--csv"}), "no error");
  EXPECT_THAT(MessageFor({"a.mp4", "--jsonl", "-", "--csv=-"}), HasSubstr("exclude each other"));
  for (const char* report : {"--benchmark", "--stability"}) {
    EXPECT_THAT(MessageFor({"a.mp4", "--csv", "-", report}), HasSubstr("is for the report"));
  }
  for (const char* option : {"--jobs=2", "--resume"}) {
    EXPECT_THAT(MessageFor({"a.mp4", "--csv", "-", option}), HasSubstr("leave out --jobs"));
  }
}

TEST(TrackOptions, AreCheckedForTheirRanges) {
  EXPECT_THAT(MessageFor({"a.mp4", "--max-faces", "-1"}), HasSubstr("--max-faces"));
  EXPECT_THAT(MessageFor({"a.mp4", "--smooth-strength", "-1"}), HasSubstr("--smooth-strength"));
  EXPECT_THAT(MessageFor({"a.mp4", "--shard", "3"}), HasSubstr("--shard is '3'"));
  EXPECT_THAT(MessageFor({"a.mp4", "--fy", "800"}), HasSubstr("(--fy) needs"));
  EXPECT_THAT(MessageFor({"a.mp4", "--roi", "1,2,3"}), HasSubstr("(--roi) is '1,2,3'"));
  EXPECT_EQ(MessageFor({"a.mp4", "--roi", "25%,0%,50%,100%"}), "no error");
}

TEST(TrackOptions, OfABenchmarkStandAlone) {
  for (const char* option : {"--jobs=2", "--resume", "--shard=1/2"}) {
    EXPECT_THAT(MessageFor({"a.mp4", "--benchmark", option}), HasSubstr("leave out --jobs"));
  }
  EXPECT_THAT(MessageFor({"a.mp4", "--json", "a.json"}), HasSubstr("--json needs --benchmark"));
  EXPECT_THAT(MessageFor({"a.mp4", "--smooth", "--no-smooth"}), HasSubstr("--no-smooth"));
}

TEST(StabilityOptions, AreForStabilityAlone) {
  EXPECT_EQ(MessageFor({"a.mp4", "--stability", "--camera-path", "a.csv", "--sensor-noise", "8"}),
            "no error");
  EXPECT_THAT(MessageFor({"a.mp4", "--camera-path", "a.csv"}),
              HasSubstr("--camera-path needs --stability"));
  EXPECT_THAT(MessageFor({"a.mp4", "--sensor-noise", "8"}),
              HasSubstr("--sensor-noise needs --stability"));
  EXPECT_THAT(MessageFor({"a.mp4", "--stability", "--sensor-noise=-1"}),
              HasSubstr("--sensor-noise is -1"));
  EXPECT_THAT(MessageFor({"a.mp4", "--stability", "--sensor-noise=256"}),
              HasSubstr("--sensor-noise is 256"));
}

TEST(StabilityOptions, GoWithNoFilesAndOneJob) {
  EXPECT_THAT(MessageFor({"a.mp4", "--stability", "--csv"}), HasSubstr("writes no files"));
  EXPECT_THAT(MessageFor({"a.mp4", "--stability", "--jobs=2"}), HasSubstr("leave out --jobs"));
  EXPECT_THAT(MessageFor({"a.mp4", "--stability", "--resume"}), HasSubstr("leave out --jobs"));
}

}  // namespace
}  // namespace nosetip
