#include "tracker/model/cuda_graph.h"

#include <memory>

#include "tracker/core/error.h"

// The one file that needs CUDA's own headers.
#ifdef NOSETIP_CUDA_GRAPHS
#include <ATen/cuda/CUDAGraph.h>
#endif

namespace nosetip {

#ifdef NOSETIP_CUDA_GRAPHS

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
    // The stream must leave the recording in any case; what failed first is what counts.
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
  // A pool goes with the last graph that uses it, and cannot be used again then.
  return [last = std::weak_ptr<CUDAGraph>()](const std::function<void()>& work) mutable {
    const std::shared_ptr<CUDAGraph> graph = Capture(work, last.lock());
    last = graph;
    return [graph] { graph->replay(); };
  };
}

#else

std::string WhyNoCudaGraphs() { return "built without CUDA's headers"; }

std::function<std::function<void()>(const std::function<void()>&)> CudaGraphRecorder() {
  return
      [](const std::function<void()>&) -> std::function<void()> { throw Error(WhyNoCudaGraphs()); };
}

#endif

}  // namespace nosetip
