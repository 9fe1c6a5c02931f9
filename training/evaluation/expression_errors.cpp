#include "training/evaluation/expression_errors.h"

#include <cmath>
#include <functional>
#include <utility>

#include <fmt/core.h>

namespace nosetip {
namespace {

using Values = std::vector<ValuePair>;

Values Gather(std::span<const ExpressionPair> faces,
              const std::function<double(const Expression&)>& measure) {
  Values values;
  for (const ExpressionPair& face : faces) {
    values.push_back({measure(face.truth), measure(face.found)});
  }
  return values;
}

Values Joined(Values values, const Values& more) {
  values.insert(values.end(), more.begin(), more.end());
  return values;
}

ExtremeValues MeansWhere(const Values& values, const std::function<bool(double truth)>& wanted) {
  ExtremeValues extreme;
  for (const ValuePair& v : values) {
    if (!wanted(v.truth)) continue;
    ++extreme.count;
    extreme.truth_mean += v.truth;
    extreme.found_mean += v.found;
  }
  if (extreme.count == 0) return extreme;
  extreme.truth_mean /= static_cast<double>(extreme.count);
  extreme.found_mean /= static_cast<double>(extreme.count);
  return extreme;
}

std::string NumberOrDash(const std::optional<double>& value) {
  return value ? fmt::format("{:.3f}", *value) : "-";
}

std::string MeansText(const ExtremeValues& extreme) {
  if (extreme.count == 0) return "none";
  return fmt::format("{} of true mean {:.3f}, found at {:.3f}", extreme.count, extreme.truth_mean,
                     extreme.found_mean);
}

}  // namespace

MeasureErrors ErrorsOf(std::string name, std::span<const ValuePair> values) {
  MeasureErrors errors{std::move(name), values.size(), {}, {}, 0.0};
  const auto count = static_cast<double>(values.size());
  ValuePair mean;
  for (const ValuePair& v : values) {
    mean.truth += v.truth / count;
    mean.found += v.found / count;
    errors.mean_absolute_error += std::abs(v.found - v.truth) / count;
  }
  double truth_square = 0.0;
  double found_square = 0.0;
  double product = 0.0;
  for (const ValuePair& v : values) {
    truth_square += (v.truth - mean.truth) * (v.truth - mean.truth);
    found_square += (v.found - mean.found) * (v.found - mean.found);
    product += (v.truth - mean.truth) * (v.found - mean.found);
  }
  if (truth_square > 0.0) errors.slope = product / truth_square;
  if (truth_square > 0.0 && found_square > 0.0) {
    errors.correlation = product / std::sqrt(truth_square * found_square);
  }
  return errors;
}

std::optional<ExpressionErrors> ExpressionErrorsOf(std::span<const ExpressionPair> faces) {
  if (faces.empty()) return std::nullopt;
  const auto of = [&](const std::function<double(const Expression&)>& measure) {
    return Gather(faces, measure);
  };
  const Values left_eyes = of([](const Expression& e) { return e.eye_openness[0]; });
  const Values right_eyes = of([](const Expression& e) { return e.eye_openness[1]; });
  const Values eyes = Joined(left_eyes, right_eyes);
  const Values mouths = of([](const Expression& e) { return e.mouth_opening; });
  const Values brows = Joined(of([](const Expression& e) { return e.brow_height[0]; }),
                              of([](const Expression& e) { return e.brow_height[1]; }));
  ExpressionErrors errors;
  errors.measures = {
      ErrorsOf("eye openness", eyes),
      ErrorsOf("left eye", left_eyes),
      ErrorsOf("right eye", right_eyes),
      ErrorsOf("mouth opening", mouths),
      ErrorsOf("mouth width", of([](const Expression& e) { return e.mouth_width; })),
      ErrorsOf("brow height", brows),
  };
  errors.shut_eyes = MeansWhere(eyes, [](double truth) { return truth < kShutEye; });
  errors.open_eyes = MeansWhere(eyes, [](double truth) { return truth > kOpenEye; });
  for (const ValuePair& eye : eyes) {
    errors.open_eyes_found_shut += eye.truth > kOpenEye && eye.found < kNearlyShutEye;
  }
  errors.wide_mouths = MeansWhere(mouths, [](double truth) { return truth > kWideMouth; });
  return errors;
}

std::vector<std::string> ExtremeSentences(const ExpressionErrors& errors) {
  return {
      fmt::format("Shut eyes (true openness below {}): {}", kShutEye, MeansText(errors.shut_eyes)),
      fmt::format("Open eyes (above {}): {}; {} found below {}", kOpenEye,
                  MeansText(errors.open_eyes), errors.open_eyes_found_shut, kNearlyShutEye),
      fmt::format("Wide-open mouths (true opening above {}): {}", kWideMouth,
                  MeansText(errors.wide_mouths))};
}

std::string MeasuresText(const std::string& title, std::span<const MeasureErrors> measures) {
  if (measures.empty()) return "";
  std::string text = fmt::format("{:<15}  count  correlation  slope    MAE\n", title);
  for (const MeasureErrors& measure : measures) {
    text += fmt::format("{:<15}  {:>5}  {:>11}  {:>5}  {:.3f}\n", measure.name, measure.count,
                        NumberOrDash(measure.correlation), NumberOrDash(measure.slope),
                        measure.mean_absolute_error);
  }
  return text;
}

std::string ExpressionText(const std::optional<ExpressionErrors>& errors) {
  if (!errors) return "";
  std::string text = MeasuresText("expression", errors->measures);
  for (const std::string& sentence : ExtremeSentences(*errors)) text += sentence + "\n";
  return text;
}

}  // namespace nosetip
