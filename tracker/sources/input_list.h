// The inputs of a run, and names of numbered pictures.
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

// Expands files, folders, patterns, camera indexes and addresses, in the given order. A folder
// gives its videos and pictures, each as an input of its own, sorted by name; subfolders and hidden
// files are left out. The kind of a file in a folder is that of its extension, that of a named file
// is in its first bytes. Throws Error for what does not exist, and for a folder without videos and
// pictures.
std::vector<Input> ListInputs(std::span<const std::string> arguments);

// Names of numbered pictures, such as "img_%04d.png".
struct SequencePattern {
  std::string folder;  // may be empty
  std::string prefix;
  std::string suffix;
  int digits = 0;  // the least number of digits, padded with zeros

  std::string PathOf(int64_t number) const;
};

// Nothing where the file name does not hold exactly one %d, %4d or %04d.
std::optional<SequencePattern> ParseSequencePattern(const std::string& pattern);

// The paths that match, from the first number to the last. Throws Error where there is none, or
// where numbers are missing in between, as a gap is more likely a lost file than intended.
std::vector<std::string> ListSequence(const std::string& pattern);

}  // namespace nosetip
