#include "training/run/training_loop.h"

#include <cmath>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tracker/core/error.h"
#include "tracker/core/json_text.h"
#include "tracker/output/text_output.h"

namespace nosetip {

void SeedEpoch(int seed, int epoch) {
  torch::manual_seed(static_cast<uint64_t>(seed) * 1000003ULL + static_cast<uint64_t>(epoch));
}

void SeedStep(int seed, int epoch, int64_t step, int rank) {
  uint64_t all = 0;
  for (const uint64_t part : {static_cast<uint64_t>(seed), static_cast<uint64_t>(epoch),
                              static_cast<uint64_t>(step), static_cast<uint64_t>(rank)}) {
    all = (all ^ part) * 0x9E3779B97F4A7C15ULL;  // Fibonacci hashing
    all ^= all >> 32U;
  }
  torch::manual_seed(all);
}

void CheckLoss(double loss, int epoch) {
  if (std::isfinite(loss)) return;
  throw Error(
      fmt::format("the loss is not a finite number in epoch {}; train into another folder with a "
                  "lower --learning-rate",
                  epoch));
}

bool IsLower(double error, double best) {
  return std::isnan(best) ? !std::isnan(error) : error < best;
}

std::string EpochsText(int done, const LoopSettings& settings,
                       const std::vector<RaisedEpochs>& raised) {
  if (!raised.empty() && raised.back().done == done) {
    return fmt::format(
        "epochs raised from {} to {} after epoch {}; the learning rate now follows a schedule of "
        "{} epochs",
        raised.back().from, settings.epochs, done, settings.epochs);
  }
  if (done < settings.epochs) return "";
  return fmt::format("epoch {} of {} is done. To continue, resume with a higher --epochs.", done,
                     settings.epochs);
}

void SaveRunOptions(const std::filesystem::path& folder, const nlohmann::json& identity) {
  SaveText(folder / kRunOptions, JsonText(identity, 2) + "\n");
}

}  // namespace nosetip
