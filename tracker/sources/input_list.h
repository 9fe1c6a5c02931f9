// The inputs of a run.
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

// Expands files, folders, patterns, camera indexes and addresses, in the given order. A folder
// gives its videos and pictures, each as an input of its own, sorted by name; subfolders and hidden
// files are left out. The kind of a file in a folder is that of its extension, that of a named file
// is in its first bytes. Throws Error for what does not exist, and for a folder without videos and
// pictures.
std::vector<Input> ListInputs(std::span<const std::string> arguments);

}  // namespace nosetip
