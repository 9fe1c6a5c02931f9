#include "tracker/core/nearest_name.h"

#include <algorithm>
#include <vector>

namespace nosetip {
namespace {

// Damerau's and Levenshtein's distance, where no letter is changed twice.
size_t Changes(std::string_view a, std::string_view b) {
  std::vector<std::vector<size_t>> least(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        least[i][j] = i + j;
        continue;
      }
      least[i][j] = std::min({least[i - 1][j] + 1, least[i][j - 1] + 1,
                              least[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) least[i][j] = std::min(least[i][j], least[i - 2][j - 2] + 1);
    }
  }
  return least[a.size()][b.size()];
}

}  // namespace

std::string NearestName(std::string_view word, std::span<const std::string> names) {
  constexpr size_t kLongest = 100;
  if (word.size() > kLongest) return "";
  std::string nearest;
  size_t fewest = word.size() / 3 + 1;
  for (const std::string& name : names) {
    const size_t changes = Changes(word, name);
    if (changes >= fewest) continue;
    fewest = changes;
    nearest = name;
  }
  return nearest;
}

std::string DidYouMean(std::string_view word, std::span<const std::string> names) {
  const std::string nearest = NearestName(word, names);
  return nearest.empty() ? "" : "; did you mean " + nearest + "?";
}

}  // namespace nosetip
