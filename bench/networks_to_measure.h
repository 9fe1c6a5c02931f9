// What the benchmarks of networks share, so that their figures compare.
#pragma once

#include <string>

#include <benchmark/benchmark.h>

#include "tracker/core/environment.h"

namespace nosetip {

// One core is what figures of processors are given for, and does not wait for others.
inline constexpr int kNetworkThreads = 1;

// Of a model that comes with the program: "face68", "face68-fast".
inline std::string ShippedModel(const std::string& name) {
  return AssetPath("models/" + name + ".ntm").string();
}

inline void ForSomeFaces(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("faces")->Arg(1)->Arg(4)->Arg(16)->Unit(benchmark::kMillisecond);
}

// Billions of operations a second, where one call takes so many multiply-adds: "GFLOP". Each is
// two operations.
inline benchmark::Counter OperationRate(double multiply_adds) {
  return {2e-9 * multiply_adds, benchmark::Counter::kIsIterationInvariantRate};
}

}  // namespace nosetip
