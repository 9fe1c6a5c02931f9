#include "training/background/model_comparison.h"

namespace nosetip {

Verdict VerdictOf(const ModelComparison& comparison) {
  if (!comparison.old_model || comparison.faces.empty()) return Verdict::kNoComparison;
  if (comparison.faces.size() < 2) return Verdict::kUnclear;
  const double doubt = 2.0 * comparison.gain_standard_error;
  if (comparison.gain > doubt && !comparison.on_training_faces) return Verdict::kBetter;
  if (comparison.gain < -doubt) return Verdict::kWorse;
  return Verdict::kUnclear;
}

}  // namespace nosetip
