// cuda_graph.h in a build without CUDA's headers.
#include "tracker/core/error.h"
#include "tracker/model/cuda_graph.h"

namespace nosetip {

std::string WhyNoCudaGraphs() { return "built without CUDA's headers"; }

std::function<std::function<void()>(const std::function<void()>&)> CudaGraphRecorder() {
  return
      [](const std::function<void()>&) -> std::function<void()> { throw Error(WhyNoCudaGraphs()); };
}

}  // namespace nosetip
