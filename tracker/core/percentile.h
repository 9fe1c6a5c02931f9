// Percentiles by the nearest rank.
#pragma once

#include <vector>

namespace nosetip {

// The least of the values that at least `percent` of them do not exceed; 0 for no values.
double Percentile(std::vector<double> values, double percent);

}  // namespace nosetip
