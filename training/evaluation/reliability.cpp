#include "training/evaluation/reliability.h"

#include <algorithm>

#include <fmt/core.h>

#include "tracker/core/metrics.h"

namespace nosetip {

std::vector<ReliabilityBin> ReliabilityOf(std::vector<ExpectedPoint> points, size_t bins) {
  std::ranges::sort(points, {}, &ExpectedPoint::expected_percent);
  bins = std::min(bins, points.size());
  std::vector<ReliabilityBin> found;
  for (size_t b = 0; b < bins; ++b) {
    const size_t first = b * points.size() / bins;
    const size_t end = (b + 1) * points.size() / bins;
    ReliabilityBin bin;
    for (size_t i = first; i < end; ++i) {
      bin.expected_percent += points[i].expected_percent;
      bin.error_percent += points[i].error_percent;
      bin.confidence += points[i].confidence;
      bin.within_limit += points[i].error_percent <= kFailureNmePercent ? 1.0 : 0.0;
    }
    bin.points = end - first;
    const auto count = static_cast<double>(bin.points);
    for (double* sum :
         {&bin.expected_percent, &bin.error_percent, &bin.confidence, &bin.within_limit}) {
      *sum /= count;
    }
    found.push_back(bin);
  }
  return found;
}

std::string ReliabilityText(const std::vector<ReliabilityBin>& bins) {
  if (bins.empty()) return "";
  std::string text = "points      expected error %  error %  confidence  within 8 %\n";
  for (const ReliabilityBin& bin : bins) {
    text += fmt::format("{:<10}  {:>16.2f}  {:>7.2f}  {:>10.3f}  {:>10.3f}\n", bin.points,
                        bin.expected_percent, bin.error_percent, bin.confidence, bin.within_limit);
  }
  return text;
}

}  // namespace nosetip
