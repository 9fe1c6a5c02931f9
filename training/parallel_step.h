// The gradients of a batch, computed in parts at the same time. Includes LibTorch.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include <torch/torch.h>

namespace nosetip {

// LibTorch's own threads meet after every layer, parts of a batch only once a step. But each part
// normalises by the statistics of its own faces, so it is not to be smaller than this.
inline constexpr int64_t kFewestFacesAPart = 16;

// How many parts a batch has on so many CPU threads: at least 1.
int64_t PartsOfBatch(int64_t batch, int threads);

// Which rows of a batch's tensors: every `parts`-th one, since those next to each other may come
// from the same data set.
struct PartOfBatch {
  int64_t part = 0;
  int64_t parts = 1;

  torch::Tensor Of(const torch::Tensor& batch) const {
    return batch.slice(0, part, batch.size(0), parts);
  }
};

// Holds copies of a network that share its weights and have gradients and statistics of the
// normalisation of their own. What it computes depends on the number of parts, not on when its
// threads run.
class ParallelStep {
 public:
  using Build = std::function<torch::nn::Sequential()>;
  // The loss, one number, of a part's faces; called by several threads.
  using Loss =
      std::function<torch::Tensor(torch::nn::Sequential& network, const PartOfBatch& part)>;

  // `build` makes a network like `network`, which is on the CPU; it is called for all parts but
  // the first. `threads` in all.
  ParallelStep(torch::nn::Sequential network, const Build& build, int64_t parts, int threads);

  // For each: FreezeNormalisation, train(). Not from several threads.
  void ForEach(const std::function<void(torch::nn::Module&)>& change);

  // Sets the gradients of the network to those of the mean loss of `batch` faces, and its
  // statistics to the mean of the parts'; returns that loss. What `loss` throws is thrown.
  double Gradients(int64_t batch, const Loss& loss);

 private:
  void ShareStatistics();

  std::vector<torch::nn::Sequential> parts_;  // the network itself is the first
  int threads_each_;
};

}  // namespace nosetip
