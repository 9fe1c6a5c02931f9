// What the user wants tracked, one entry an input.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tracker/sources/frame_source.h"

namespace nosetip {

struct Input {
  std::string source;  // for OpenFrameSource
  SourceKind kind = SourceKind::kVideoFile;
};

// Expands files, folders, patterns, camera indexes and addresses, in the order given. A folder
// gives its videos and pictures, each an input of its own, sorted by name; folders in it and hidden
// files are left out. In folders a file is taken by its extension; a file that is named is looked
// into. Throws Error for what does not exist, and for a folder that holds nothing usable.
std::vector<Input> ListInputs(std::span<const std::string> arguments);

// Names of numbered pictures, such as "img_%04d.png".

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
