#include "tracker/model/device.h"

#include <algorithm>
#include <thread>

#include <fmt/core.h>

#include "tracker/core/environment.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

DeviceChoice Cpu(std::string reason) {
  const int cores = CoreCount();
  return {DeviceKind::kCpu, fmt::format("CPU, {} {}", cores, cores == 1 ? "core" : "cores"),
          std::move(reason)};
}

std::string GpuName() {
  const std::string model = GpuModel();
  return fmt::format("CUDA GPU 0 of {}{}", torch::cuda::device_count(),
                     model.empty() ? "" : ", " + model);
}

// Empty where the GPU works, else why not.
std::string WhyNoCuda() {
  if (!torch::hasCUDA()) {
    return "this LibTorch was built without CUDA; see README.md, 'GPU'";
  }
  if (!torch::cuda::is_available()) {
    return "LibTorch has CUDA, but no NVIDIA GPU answers; check the driver with nvidia-smi";
  }
  try {
    // A GPU too old or too new for this LibTorch fails at the first kernel.
    const torch::Tensor probe = torch::ones({8}, torch::kCUDA) * 2;
    if (probe.sum().item<float>() != 16.0F) return "the GPU computes wrong results";
  } catch (const std::exception& error) {
    return fmt::format("the GPU fails at its first task ({})", FirstLine(error));
  }
  return "";
}

DeviceChoice Choose(const std::string& wanted) {
  if (wanted == "cpu") return Cpu("asked for");
  if (wanted != "auto" && wanted != "cuda") {
    throw Error("--device is '" + wanted + "'; it must be auto, cpu or cuda");
  }
  const std::string obstacle = WhyNoCuda();
  if (obstacle.empty()) {
    return {DeviceKind::kCuda, GpuName(),
            wanted == "auto" ? "a GPU is there and works" : "asked for", wanted == "cuda"};
  }
  if (wanted == "cuda") {
    throw Error(fmt::format(
        "--device cuda is not available: {}. Use --device auto or cpu to run without.", obstacle));
  }
  return Cpu(obstacle);
}

}  // namespace

DeviceChoice ChooseDevice(const std::string& wanted, const std::string& precision) {
  if (precision != "auto" && precision != "float32") {
    throw Error("--precision is '" + precision + "'; it must be auto or float32");
  }
  DeviceChoice choice = Choose(wanted);
  choice.float32 = precision == "float32";
  return choice;
}

int CoreCount() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

torch::Device TorchDevice(const DeviceChoice& choice) {
  return choice.kind == DeviceKind::kCuda ? torch::Device(torch::kCUDA, 0)
                                          : torch::Device(torch::kCPU);
}

void PrepareTorchThread(int threads) {
  Check(threads >= 0, "a thread count of zero or more");
  const int wanted = threads == 0 ? CoreCount() : threads;
  // Setting it also clears LibTorch's cache of prepared convolutions.
  if (at::get_num_threads() != wanted) at::set_num_threads(wanted);
}

}  // namespace nosetip
