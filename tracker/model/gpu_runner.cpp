#include "tracker/model/gpu_runner.h"

#include "tracker/model/cuda_graph.h"

namespace nosetip {

InferenceNetwork PreparedFor(const torch::Device& device, torch::nn::Sequential network,
                             TensorForm form, const std::vector<ActivationRange>& ranges) {
  const std::shared_lock lock(RecordingMutex());
  network->to(device);
  return {std::move(network), form, ranges};
}

std::unique_ptr<BatchRunner> MakeGpuRunner(const torch::Device& device, SizePx input_px,
                                           const InferenceNetwork& network) {
  BatchSetup setup;
  setup.device = device;
  setup.input_px = input_px;
  setup.network = [&network](const torch::Tensor& crops) { return network.Forward(crops); };
  if (WhyNoCudaGraphs().empty()) setup.record = CudaGraphRecorder();
  return std::make_unique<BatchRunner>(std::move(setup));
}

std::string HowItRuns(const BatchRunner& runner, torch::ScalarType type) {
  std::string text = "LibTorch on the GPU, ";
  text += type == torch::kHalf ? "half precision, " : "float32, ";
  if (runner.is_recorded()) return text + "CUDA graphs";
  const std::string& failure = runner.recording_failure();
  return text + "no CUDA graphs (" + (failure.empty() ? WhyNoCudaGraphs() : failure) + ")";
}

}  // namespace nosetip
