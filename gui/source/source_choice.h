// What the app shows when it starts.
#pragma once

#include <string>
#include <vector>

#include "gui/state/settings.h"
#include "tracker/sources/camera_list.h"

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

// What was asked for; else the last source where it is still there; else the first camera; else the
// sample clip, and says so.
FirstSource ChooseFirstSource(const FirstSourceChoices& choices);

}  // namespace nosetip
