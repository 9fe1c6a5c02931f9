// The one file that needs CUDA's own headers; no_cuda_graph.cpp takes its place without them.
#include "tracker/model/cuda_graph.h"

#include <memory>

#include <ATen/cuda/CUDAGraph.h>

namespace nosetip {
namespace {

using at::cuda::CUDAGraph;

// Shares the memory of `other` where there is one.
std::shared_ptr<CUDAGraph> Capture(const std::function<void()>& work,
                                   const std::shared_ptr<CUDAGraph>& other) {
  auto graph = std::make_shared<CUDAGraph>();
  if (other) {
    graph->capture_begin(other->pool());
  } else {
    graph->capture_begin();
  }
  try {
    work();
  } catch (...) {
    // The stream has to stop recording in any case; the first failure is the one to report.
    try {
      graph->capture_end();
    } catch (const std::exception&) {
    }
    throw;
  }
  graph->capture_end();
  return graph;
}

}  // namespace

std::string WhyNoCudaGraphs() { return ""; }

std::function<std::function<void()>(const std::function<void()>&)> CudaGraphRecorder() {
  // The pool is freed with the last graph that uses it.
  return [last = std::weak_ptr<CUDAGraph>()](const std::function<void()>& work) mutable {
    const std::shared_ptr<CUDAGraph> graph = Capture(work, last.lock());
    last = graph;
    return [graph] { graph->replay(); };
  };
}

}  // namespace nosetip
