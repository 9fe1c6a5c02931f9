// Which source the app opens: at the start, and within a folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gui/state/settings.h"
#include "tracker/sources/cameras.h"
#include "tracker/sources/frame_source.h"

namespace nosetip {

struct FirstSource {
  std::string source;
  std::string banner;  // what the user should know about the choice; else empty
};

struct FirstSourceChoices {
  std::string asked;  // on the command line; may be empty
  std::string last;   // of the settings; may be empty
  std::vector<CameraEntry> cameras;
  std::string sample_clip;
};

// The source that was asked for; else the last one where it still exists; else the first camera;
// else the sample clip, with a banner.
FirstSource ChooseFirstSource(const FirstSourceChoices& choices);

// A folder whose pictures and videos are browsed one by one.
struct FolderSource {
  std::string folder;
  std::vector<std::string> files;  // sorted by name; see ListInputs
  std::vector<std::string> notes;  // what else is in it
};

// Nothing where `source` is no folder. Throws Error for one that holds nothing usable.
std::optional<FolderSource> FolderOfSources(const std::string& source);

// The file `places` after `current`; empty beyond the ends, and where `current` is not in the
// folder.
std::string FileAfter(const FolderSource& folder, const std::string& current, int places);

// "640 x 480, 30 frames/s"; without the rate where there is none, as of a picture.
std::string SizeAndRate(const SourceInfo& info);

}  // namespace nosetip
