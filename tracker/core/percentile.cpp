#include "tracker/core/percentile.h"

#include <algorithm>
#include <cmath>

namespace nosetip {

double Percentile(std::vector<double> values, double percent) {
  if (values.empty()) return 0.0;
  std::ranges::sort(values);
  const double rank = std::ceil(percent / 100.0 * static_cast<double>(values.size()));
  return values[std::clamp<size_t>(static_cast<size_t>(rank), 1, values.size()) - 1];
}

}  // namespace nosetip
