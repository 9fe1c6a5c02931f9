// Tells what a source is from how the user wrote it and, for files, from their first bytes.
#pragma once

#include <string>

#include "tracker/sources/frame_source.h"

namespace nosetip {

// The number of a camera written as an index ("0") or a device ("/dev/video0"); nothing otherwise.
std::optional<int> CameraIndex(const std::string& source);

// Throws Error where a file is not there, empty or may not be read, or `source` is a folder.
// An existing file whose name looks like a pattern is a file.
SourceKind KindOfSource(const std::string& source);

}  // namespace nosetip
