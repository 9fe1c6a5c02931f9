// What benchmarks work on, the same in every run so that their figures compare.
#pragma once

#include <string>

#include <benchmark/benchmark.h>

#include "tracker/core/environment.h"
#include "tracker/core/face.h"
#include "tracker/core/image.h"

namespace nosetip {

// A VGA picture of noise.
Image NoisePicture();

// Faces of 68 points in a row of boxes 110 px high, with a pose. `shift_px` moves them all.
TrackResult MadeUpFaces(int faces, float shift_px);

// Networks are measured on one core, which is what figures of processors are given for.
inline constexpr int kNetworkThreads = 1;

// The file of a shipped model: "face68" or "face68-fast".
inline std::string ShippedModel(const std::string& name) {
  return AssetPath("models/" + name + ".safetensors").string();
}

inline void ForSomeFaces(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("faces")->Arg(1)->Arg(4)->Arg(16)->Unit(benchmark::kMillisecond);
}

// Billions of operations per second, where one call takes so many multiply-adds: "GFLOP". Each is
// two operations.
inline benchmark::Counter OperationRate(double multiply_adds) {
  return {2e-9 * multiply_adds, benchmark::Counter::kIsIterationInvariantRate};
}

}  // namespace nosetip
