// LibTorch's automatic mixed precision for a scope. Includes LibTorch.
#pragma once

#include <ATen/autocast_mode.h>
#include <torch/torch.h>

namespace nosetip {

// While it lives, convolutions and matrix products on `device` run in bfloat16 where `wanted`.
class MixedPrecision {
 public:
  MixedPrecision(bool wanted, const torch::Device& device)
      : wanted_(wanted), device_(device.type()) {
    if (wanted_) Set(true);
  }
  ~MixedPrecision() {
    if (!wanted_) return;
    Set(false);
    at::autocast::clear_cache();
  }
  MixedPrecision(const MixedPrecision&) = delete;
  MixedPrecision& operator=(const MixedPrecision&) = delete;

 private:
  void Set(bool on) const {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
    at::autocast::set_autocast_dtype(device_, at::kBFloat16);
    at::autocast::set_autocast_enabled(device_, on);
#else
    if (device_ == torch::kCUDA) {
      at::autocast::set_autocast_gpu_dtype(at::kBFloat16);
      at::autocast::set_enabled(on);
    } else {
      at::autocast::set_autocast_cpu_dtype(at::kBFloat16);
      at::autocast::set_cpu_enabled(on);
    }
#endif
  }

  bool wanted_;
  torch::DeviceType device_;
};

}  // namespace nosetip
