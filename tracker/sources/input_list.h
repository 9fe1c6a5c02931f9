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

struct InputList {
  std::vector<Input> inputs;
  std::vector<std::string> notes;  // what of each folder is passed over
};

// Expands files, folders, patterns, camera indexes and addresses, in the given order. A folder
// gives its videos and pictures, each as an input of its own, sorted by name; subfolders and hidden
// files are left out. The kind of a file in a folder is that of its extension, that of a named file
// is in its first bytes. A link in a folder that leads nowhere is an input, too, for opening it
// tells what is wrong. Throws Error for what does not exist, and for a folder without videos and
// pictures.
InputList ListInputs(std::span<const std::string> arguments);

}  // namespace nosetip
