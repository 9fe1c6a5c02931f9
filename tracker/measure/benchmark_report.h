// The results of a benchmark, for people and for programs.
#pragma once

#include <string>

#include "tracker/core/environment.h"
#include "tracker/measure/benchmark.h"

namespace nosetip {

struct BenchmarkReport {
  Benchmark benchmark;
  Environment environment;
  std::string device;     // DeviceChoice's name
  std::string landmarks;  // Landmarker::HowItRuns
  std::string source;
  std::string model;
  int detector_input_px = 0;
  int warm_up_frames = 0;
};

// A few lines on the machine and the settings, and a table for each number of faces: 50th, 95th and
// 99th percentile of each stage, and the frames per second that it could do alone.
std::string BenchmarkText(const BenchmarkReport& report);

// The same as a JSON object; see docs/benchmarks.md.
std::string BenchmarkJson(const BenchmarkReport& report);

}  // namespace nosetip
