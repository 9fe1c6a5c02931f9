#include "gui/models/model_choice.h"

#include <algorithm>
#include <iterator>
#include <system_error>
#include <utility>

#include "tracker/model/model_lookup.h"

namespace nosetip {
namespace {

// More steps back than anyone remembers.
constexpr size_t kLongest = 20;

bool IsThere(const std::filesystem::path& model) {
  if (model == kAutoModel) return true;
  std::error_code ignored;
  return std::filesystem::exists(model, ignored);
}

}  // namespace

TrainedModelFate SuggestedFate(const ModelComparison& comparison) {
  switch (VerdictOf(comparison)) {
    case Verdict::kBetter:
      return TrainedModelFate::kUse;
    case Verdict::kWorse:
      return TrainedModelFate::kDiscard;
    case Verdict::kUnclear:
    case Verdict::kNoComparison:
      break;
  }
  return TrainedModelFate::kKeepBoth;
}

ModelChoice WithModel(ModelChoice choice, const std::filesystem::path& model) {
  if (choice.in_use == model) return choice;
  if (!choice.in_use.empty()) choice.before.push_back(std::move(choice.in_use));
  if (choice.before.size() > kLongest) choice.before.erase(choice.before.begin());
  choice.in_use = model;
  return choice;
}

ModelChoice WithModelBefore(ModelChoice choice) {
  const auto last = std::find_if(choice.before.rbegin(), choice.before.rend(), IsThere);
  if (last == choice.before.rend()) return choice;
  choice.in_use = *last;
  choice.before.erase(std::prev(last.base()), choice.before.end());
  return choice;
}

bool CanGoBack(const ModelChoice& choice) { return std::ranges::any_of(choice.before, IsThere); }

}  // namespace nosetip
