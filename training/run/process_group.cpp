#include "training/run/process_group.h"

#include <csignal>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/error.h"

#ifdef NOSETIP_C10D_GLOO
#define USE_C10D_GLOO
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#ifdef NOSETIP_C10D_NCCL
#define USE_C10D_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif
#endif

namespace nosetip {
namespace {

Error OthersEnded(const std::exception& error) {
  return Error(fmt::format(
      "another process of the training has ended ({}); its own message says why. Start all of them "
      "again with --resume",
      FirstLine(error)));
}

}  // namespace

#ifdef NOSETIP_C10D_GLOO

class ProcessGroup::Connection {
 public:
  Connection(const ProcessPlace& place, const torch::Device& device) {
    // A process that has ended is to be an error, not the end of this one.
    std::signal(SIGPIPE, SIG_IGN);
    c10d::TCPStoreOptions options;
    options.port = place.port;
    options.isServer = place.IsFirst() && !place.launcher_listens;
    options.numWorkers = place.size;
    // What an attempt before has left in the launcher's store must not be read.
    const auto store = c10::make_intrusive<c10d::PrefixStore>(
        "nosetip" + place.attempt, c10::make_intrusive<c10d::TCPStore>(place.address, options));
#ifdef NOSETIP_C10D_NCCL
    if (device.is_cuda()) {
      group_ = c10::make_intrusive<c10d::ProcessGroupNCCL>(store, place.rank, place.size);
      backend_ = "NCCL";
      device_ = device;
      return;
    }
#else
    static_cast<void>(device);
#endif
    const auto gloo = c10d::ProcessGroupGloo::Options::create();
    gloo->devices.push_back(c10d::ProcessGroupGloo::createDefaultDevice());
    group_ = c10::make_intrusive<c10d::ProcessGroupGloo>(store, place.rank, place.size, gloo);
  }

  // All tensors as one, on the device of the exchange, and back.
  template <typename Exchange>
  void Run(const std::vector<torch::Tensor>& tensors, const Exchange& exchange) {
    const torch::NoGradGuard no_grad;
    std::vector<torch::Tensor> flat;
    for (const torch::Tensor& tensor : tensors) flat.push_back(tensor.reshape({-1}));
    std::vector<torch::Tensor> all = {torch::cat(flat).to(device_)};
    exchange(*group_, all)->wait();
    int64_t first = 0;
    for (const torch::Tensor& tensor : tensors) {
      tensor.copy_(all[0].narrow(0, first, tensor.numel()).view(tensor.sizes()));
      first += tensor.numel();
    }
  }

  const char* backend() const { return backend_; }

 private:
#if TORCH_VERSION_MAJOR >= 2
  c10::intrusive_ptr<c10d::Backend> group_;
#else
  c10::intrusive_ptr<c10d::ProcessGroup> group_;
#endif
  const char* backend_ = "Gloo";
  torch::Device device_{torch::kCPU};
};

#else

// ThisProcess refuses several processes in such a build.
class ProcessGroup::Connection {
 public:
  Connection(const ProcessPlace& /*place*/, const torch::Device& /*device*/) {
    Check(false, "a build that connects processes");
  }
  template <typename Exchange>
  void Run(const std::vector<torch::Tensor>& /*tensors*/, const Exchange& /*exchange*/) {}
  const char* backend() const { return ""; }
};

#endif

ProcessGroup::ProcessGroup(const ProcessPlace& place, const torch::Device& device) : place_(place) {
  if (!HasOthers()) return;
  try {
    connection_ = std::make_unique<Connection>(place, device);
  } catch (const std::exception& error) {
    throw Error(fmt::format(
        "the {} processes of the training did not find each other at {}:{} ({}); start all of "
        "them, "
        "with an address and a free port of the first one's machine in MASTER_ADDR and MASTER_PORT",
        place.size, place.address, place.port, FirstLine(error)));
  }
}

ProcessGroup::~ProcessGroup() = default;

const char* ProcessGroup::Backend() const { return connection_ ? connection_->backend() : ""; }

void ProcessGroup::Sum(const std::vector<torch::Tensor>& tensors) {
  if (!HasOthers()) return;
  try {
    connection_->Run(tensors, [](auto& group, auto& all) { return group.allreduce(all); });
  } catch (const std::exception& error) {
    throw OthersEnded(error);
  }
}

void ProcessGroup::TakeFromFirst(const std::vector<torch::Tensor>& tensors) {
  if (!HasOthers()) return;
  try {
    connection_->Run(tensors, [](auto& group, auto& all) { return group.broadcast(all); });
  } catch (const std::exception& error) {
    throw OthersEnded(error);
  }
}

SharedLoss BackwardTogether(ProcessGroup& group, const torch::nn::Module& network,
                            const PartLoss& part) {
  if (!group.HasOthers()) {
    part.loss.backward();
    return {part.loss.item<double>(), part.stop_wanted};
  }
  const torch::Tensor weighed = part.loss * part.share;
  weighed.backward();
  const torch::Tensor loss = weighed.detach().clone();
  const torch::Tensor stops = torch::full_like(loss, part.stop_wanted ? 1.0 : 0.0);
  std::vector<torch::Tensor> sums = {loss, stops};
  for (const torch::Tensor& parameter : network.parameters()) {
    if (parameter.grad().defined()) sums.push_back(parameter.grad());
  }
  group.Sum(sums);
  return {loss.item<double>(), stops.item<double>() > 0.0};
}

void TakeWeightsOfFirst(ProcessGroup& group, const torch::nn::Module& network) {
  std::vector<torch::Tensor> weights = network.parameters();
  for (const torch::Tensor& buffer : network.buffers()) {
    if (buffer.is_floating_point()) weights.push_back(buffer);
  }
  group.TakeFromFirst(weights);
}

torch::Tensor PartOfBatch(const torch::Tensor& order, int64_t first, int64_t end,
                          const ProcessPlace& place) {
  return order.slice(0, first + place.rank, end, place.size);
}

torch::Device DeviceOfProcess(const torch::Device& device, const ProcessPlace& place) {
  if (!device.is_cuda() || place.size == 1) return device;
  const auto gpus = static_cast<int>(torch::cuda::device_count());
  if (place.local_rank >= gpus) {
    throw Error(
        fmt::format("LOCAL_RANK is {}, but this machine has {} GPUs; start one process per "
                    "GPU, or train with --device cpu",
                    place.local_rank, gpus));
  }
  return {torch::kCUDA, static_cast<c10::DeviceIndex>(place.local_rank)};
}

}  // namespace nosetip
