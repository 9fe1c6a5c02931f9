// Names of numbered pictures, such as "img_%04d.png".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nosetip {

struct SequencePattern {
  std::string folder;  // may be empty
  std::string prefix;
  std::string suffix;
  int digits = 0;  // least number of digits, filled up with zeros

  std::string PathOf(int64_t number) const;
};

// Nothing where the file name does not hold exactly one %d, %4d or %04d.
std::optional<SequencePattern> ParseSequencePattern(const std::string& pattern);

// The paths that match, from the first number to the last. Throws Error where there is none, or
// where numbers are missing in between: a gap is more likely a lost file than meant.
std::vector<std::string> ListSequence(const std::string& pattern);

}  // namespace nosetip
