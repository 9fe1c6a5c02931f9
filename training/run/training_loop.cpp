#include "training/run/training_loop.h"

#include <cmath>
#include <string>

#include "tracker/core/error.h"

namespace nosetip {

void SeedEpoch(int seed, int epoch) {
  torch::manual_seed(static_cast<uint64_t>(seed) * 1000003ULL + static_cast<uint64_t>(epoch));
}

void CheckLoss(double loss, int epoch) {
  if (std::isfinite(loss)) return;
  throw Error("the loss is no longer a number in epoch " + std::to_string(epoch) +
              "; try a lower --learning-rate");
}

}  // namespace nosetip
