#include "tracker/measure/benchmark_report.h"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace nosetip {
namespace {

using ::testing::HasSubstr;

BenchmarkReport MadeUpReport() {
  BenchmarkReport report;
  report.benchmark.frame_px = {640, 480};
  report.benchmark.runs = {{4, 3.5, {{"decode", {2.0, 4.0, 2.0, 2.0}}, {"smooth", {0, 0, 0, 0}}}}};
  report.environment.processor = "Some CPU";
  report.environment.cores = 2;
  report.environment.libtorch_version = "1.13.1";
  report.device = "CPU, 2 cores";
  report.landmarks = "oneDNN, float32, 1 thread";
  report.source = "odd \xff.mp4";
  report.model = "face68.safetensors";
  report.detector_input_px = 320;
  report.warm_up_frames = 10;
  return report;
}

TEST(BenchmarkText, HasARowPerStage) {
  const std::string text = BenchmarkText(MadeUpReport());
  EXPECT_THAT(text, HasSubstr("Some CPU, 2 cores"));
  EXPECT_THAT(text, HasSubstr("landmarks: oneDNN, float32, 1 thread\n"));
  EXPECT_THAT(text, HasSubstr("640x480; detector input 320 px"));
  EXPECT_THAT(text, HasSubstr("4 faces, 3.50 followed; 4 frames after 10 to warm up\n"));
  EXPECT_THAT(text, HasSubstr("  decode         2.00      4.00      4.00      400.0\n"));
  EXPECT_THAT(text, HasSubstr("  smooth         0.00      0.00      0.00          -\n"));
}

TEST(BenchmarkJson, HasTheSameFigures) {
  const auto json = nlohmann::json::parse(BenchmarkJson(MadeUpReport()));
  EXPECT_EQ(json.at("machine").at("processor"), "Some CPU");
  EXPECT_EQ(json.at("versions").at("libtorch"), "1.13.1");
  EXPECT_EQ(json.at("frame_width_px"), 640);
  const auto& run = json.at("runs").at(0);
  EXPECT_EQ(run.at("faces"), 4);
  EXPECT_EQ(run.at("followed"), 3.5);
  EXPECT_EQ(run.at("frames"), 4);
  EXPECT_EQ(run.at("stages").at("decode").at("p50_ms"), 2.0);
  EXPECT_EQ(run.at("stages").at("decode").at("p99_ms"), 4.0);
  EXPECT_EQ(run.at("stages").at("decode").at("frames_per_s"), 400.0);
}

}  // namespace
}  // namespace nosetip
