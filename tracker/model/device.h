// LibTorch's device for a DeviceChoice, and its threads. Includes LibTorch.
#pragma once

#include <torch/torch.h>

#include "tracker/model/landmarker.h"

namespace nosetip {

torch::Device TorchDevice(const DeviceChoice& choice);

// At least 1.
int CoreCount();

// LibTorch's thread count is a setting of each thread: call this at the start of every thread that
// runs networks. `threads` 0 takes all of the machine's cores (Debian's LibTorch starts with one).
void PrepareTorchThread(int threads);

}  // namespace nosetip
