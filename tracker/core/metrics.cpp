#include "tracker/core/metrics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

constexpr double kNotFoundNmePercent = 100.0;

double Median(std::vector<double> values) {
  const size_t middle = values.size() / 2;
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(middle),
                   values.end());
  const double upper = values[middle];
  if (values.size() % 2 == 1) return upper;
  const double lower =
      *std::max_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(middle));
  return 0.5 * (lower + upper);
}

}  // namespace

double NmePercent(std::span<const Point2f> predicted, std::span<const Point2f> truth,
                  const LandmarkSchema& schema) {
  Check(schema.outer_eye_corners.has_value(), "this schema has no eye corners to normalize by");
  Check(predicted.size() == truth.size() && truth.size() == static_cast<size_t>(schema.count),
        "as many predicted and true points as the schema has");
  const auto [left, right] = *schema.outer_eye_corners;
  const double eye_distance =
      Distance(truth[static_cast<size_t>(left)], truth[static_cast<size_t>(right)]);
  Check(eye_distance > 0.0, "a true eye distance above zero");
  double sum = 0.0;
  for (size_t i = 0; i < truth.size(); ++i) sum += Distance(predicted[i], truth[i]);
  return 100.0 * sum / (static_cast<double>(truth.size()) * eye_distance);
}

AccuracySummary Summarize(std::span<const std::optional<double>> nme_percent) {
  AccuracySummary summary;
  summary.faces = static_cast<int>(nme_percent.size());
  if (nme_percent.empty()) return summary;
  std::vector<double> errors;
  errors.reserve(nme_percent.size());
  for (const auto& error : nme_percent) {
    if (!error) ++summary.not_found;
    errors.push_back(error.value_or(kNotFoundNmePercent));
  }
  const auto n = static_cast<double>(errors.size());
  double area = 0.0;
  int failures = 0;
  for (const double error : errors) {
    area += std::max(0.0, kFailureNmePercent - error);
    if (error > kFailureNmePercent) ++failures;
  }
  summary.nme_mean = std::accumulate(errors.begin(), errors.end(), 0.0) / n;
  summary.failure_rate = 100.0 * failures / n;
  // The integral of a step curve: each face adds the part of [0, 8] to the right of its error.
  summary.auc = area / (n * kFailureNmePercent);
  summary.nme_median = Median(std::move(errors));
  return summary;
}

std::vector<double> CumulativeErrorCurve(std::span<const double> errors,
                                         std::span<const double> thresholds) {
  std::vector<double> sorted(errors.begin(), errors.end());
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> curve;
  curve.reserve(thresholds.size());
  for (const double threshold : thresholds) {
    const auto below = std::upper_bound(sorted.begin(), sorted.end(), threshold) - sorted.begin();
    curve.push_back(
        sorted.empty() ? 0.0 : static_cast<double>(below) / static_cast<double>(sorted.size()));
  }
  return curve;
}

double Percentile(std::vector<double> values, double percent) {
  if (values.empty()) return 0.0;
  std::ranges::sort(values);
  const double rank = std::ceil(percent / 100.0 * static_cast<double>(values.size()));
  return values[std::clamp<size_t>(static_cast<size_t>(rank), 1, values.size()) - 1];
}

}  // namespace nosetip
