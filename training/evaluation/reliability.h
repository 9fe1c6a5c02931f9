// Whether a model's errors are as large as it expects.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace nosetip {

// A point of a face. Errors are in percent of the distance of the outer eye corners.
struct ExpectedPoint {
  double expected_percent = 0.0;
  double error_percent = 0.0;
  double confidence = 0.0;  // 0 to 1; see ConfidenceOf
};

// Means over points with about the same expected error.
struct ReliabilityBin {
  size_t points = 0;
  double expected_percent = 0.0;
  double error_percent = 0.0;
  double confidence = 0.0;
  double within_limit = 0.0;  // the part with an error of at most kFailureNmePercent
};

// Bins of equally many points, from the smallest expected error on. Fewer where there are not
// enough points; none where there are no points.
std::vector<ReliabilityBin> ReliabilityOf(std::vector<ExpectedPoint> points, size_t bins = 10);

// A table for the terminal; empty without bins.
std::string ReliabilityText(const std::vector<ReliabilityBin>& bins);

}  // namespace nosetip
