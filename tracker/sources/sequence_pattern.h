// Names of numbered pictures.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nosetip {

// Such as "img_%04d.png".
struct SequencePattern {
  std::string folder;  // may be empty
  std::string prefix;
  std::string suffix;
  int digits = 0;  // the least number of digits, padded with zeros

  std::string PathOf(int64_t number) const;
  // The number in a file name, where PathOf would write it that way.
  std::optional<int64_t> NumberOf(std::string_view name) const;
};

// Nothing where the file name does not hold exactly one %d, %4d or %04d.
std::optional<SequencePattern> ParseSequencePattern(const std::string& pattern);

// The paths that match, from the first number to the last. Throws Error where there is none, or
// where numbers are missing in between, as a gap is more likely a lost file than intended.
std::vector<std::string> ListSequence(const std::string& pattern);

}  // namespace nosetip
