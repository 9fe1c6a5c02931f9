// Processes that train one network together, each with a part of every batch. Includes LibTorch.
#pragma once

#include <memory>
#include <vector>

#include <torch/torch.h>

#include "training/run/process_place.h"

namespace nosetip {

// All processes call the same functions in the same order; each waits for the others. Throws Error
// where another process has ended.
class ProcessGroup {
 public:
  // Waits until all processes of the training are there. Throws Error where they are not within
  // five minutes. Tensors are on `device`. Does nothing for one process.
  ProcessGroup(const ProcessPlace& place, const torch::Device& device);
  ~ProcessGroup();
  ProcessGroup(const ProcessGroup&) = delete;
  ProcessGroup& operator=(const ProcessGroup&) = delete;

  const ProcessPlace& place() const { return place_; }
  bool HasOthers() const { return place_.size > 1; }
  // "Gloo", or "NCCL" between GPUs where LibTorch has it; empty for one process.
  const char* Backend() const;

  // Replaces each tensor (float32) by the sum over all processes: the same bits in each.
  void Sum(const std::vector<torch::Tensor>& tensors);
  // Replaces each tensor (float32) by that of the first process.
  void TakeFromFirst(const std::vector<torch::Tensor>& tensors);

 private:
  class Connection;
  ProcessPlace place_;
  std::unique_ptr<Connection> connection_;
};

// The loss of a process's part of a batch.
struct PartLoss {
  torch::Tensor loss;  // mean over the part; a scalar with its graph
  double share = 1.0;  // the part's size over the batch's
  bool stop_wanted = false;
};
struct SharedLoss {
  double value = 0.0;        // of the whole batch
  bool stop_wanted = false;  // by any process
};
// Gives the network's parameters the gradient of the whole batch's loss, the same in all processes.
SharedLoss BackwardTogether(ProcessGroup& group, const torch::nn::Module& network,
                            const PartLoss& part);

// Gives all processes the parameters and statistics of the first one's network.
void TakeWeightsOfFirst(ProcessGroup& group, const torch::nn::Module& network);

// Those of a batch's places in an epoch's order that this process trains on: every n-th of
// [first, end). All processes' parts together are the batch.
torch::Tensor PartOfBatch(const torch::Tensor& order, int64_t first, int64_t end,
                          const ProcessPlace& place);

// Which GPU is this process's, the one with its LOCAL_RANK; other devices stay as they are. Throws
// Error where there are fewer GPUs than processes on this machine.
torch::Device DeviceOfProcess(const torch::Device& device, const ProcessPlace& place);

}  // namespace nosetip
