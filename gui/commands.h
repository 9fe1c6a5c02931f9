// What a panel may ask for. Panels call nothing: the app carries commands out.
#pragma once

#include <filesystem>
#include <string>
#include <variant>

#include "gui/settings.h"

namespace nosetip {

struct OpenSource {
  std::string source;  // as for OpenFrameSource
};
struct SetPaused {
  bool paused = false;
};
struct StepFrame {};
struct SeekTo {
  double pts_s = 0.0;
};
// All changes of settings: what differs from those in use takes effect.
struct ChangeSettings {
  Settings settings;
};
struct SetCleanView {
  bool clean = false;
};
struct ResetLayout {};
struct ListCamerasAgain {};
struct ShowHelp {
  bool shown = false;
};
struct BrowseFor {
  enum class What { kSource, kModel, kDataFolder, kMediaFolder } what = What::kSource;
};
struct TakeScreenshot {};
struct SetRecording {
  bool recording = false;
};
// With the program that the desktop has for it.
struct ShowInDesktop {
  std::filesystem::path path;
};
struct ToggleFullScreen {};
struct Quit {};

using Command = std::variant<OpenSource, SetPaused, StepFrame, SeekTo, ChangeSettings, SetCleanView,
                             ResetLayout, ListCamerasAgain, ShowHelp, BrowseFor, TakeScreenshot,
                             SetRecording, ShowInDesktop, ToggleFullScreen, Quit>;

}  // namespace nosetip
