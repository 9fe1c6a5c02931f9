// Whether a video file is whole, from its container: FFmpeg plays what it can of a truncated file
// and does not report that something is missing.
#pragma once

#include <string>

namespace nosetip {

struct ContainerFacts {
  // The container declares more bytes than the file has. Known for MP4, MOV, AVI, Matroska and
  // WebM; false for others.
  bool truncated = false;
  // An MP4 or MOV without its index (the moov box): a recording that was never finished.
  bool index_missing = false;
};

// Never throws: what is not understood keeps its default.
ContainerFacts InspectContainer(const std::string& path);

}  // namespace nosetip
