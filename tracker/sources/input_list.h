// What the user wants tracked, one entry an input.
#pragma once

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

}  // namespace nosetip
