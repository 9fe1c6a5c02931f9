// What the app remembers from one start to the next.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tracker/core/fields.h"
#include "tracker/model/model_lookup.h"
#include "tracker/sources/camera_options.h"
#include "tracker/tracking/tracker_options.h"
#include "tracker/vision/detector_options.h"

namespace nosetip {

// What the live view draws over a frame.
struct ViewOptions {
  bool mirror = false;
  bool points = true;
  bool contours = true;
  bool numbers = false;
  bool boxes = true;
  bool labels = true;
  bool axes = true;
  bool confidence_colors = true;
  bool errors = false;
  bool trails = false;
  float point_size = 1.0F;
  float line_width = 1.0F;
  float opacity = 0.95F;
  int trail_frames = 30;

  static std::span<const Field<ViewOptions>> Fields();
  bool operator==(const ViewOptions&) const = default;
};

// Which network finds the points, and where it runs.
struct ModelOptions {
  std::string model{kAutoModel};  // for LoadModelFor
  std::string device = "auto";
  std::string precision = "auto";
  int threads = 0;

  static std::span<const Field<ModelOptions>> Fields();
  bool operator==(const ModelOptions&) const = default;
};

struct InterfaceOptions {
  std::string theme = "dark";
  float text_percent = 100.0F;
  int window_width = 1280;
  int window_height = 720;
  float side_width = 0.32F;    // share of the window
  float lower_height = 0.36F;  // share of the side panels
  bool side_shown = true;

  static std::span<const Field<InterfaceOptions>> Fields();
  bool operator==(const InterfaceOptions&) const = default;
};

struct Settings {
  std::string source;                     // the last one; empty before the first start
  std::vector<std::string> recent;        // sources, newest first
  bool loop = true;                       // files restart at their end
  std::string media_folder;               // of screenshots and recordings
  std::vector<std::string> data_folders;  // training data used before, newest first
  ModelOptions model;
  DetectorOptions detector;
  TrackerOptions tracker;
  SmoothingOptions smoothing{true};  // of what is drawn and recorded
  CameraOptions camera;
  ViewOptions view;
  InterfaceOptions interface;
};

// The settings of a first start; media are saved to "Nosetip" in the user's folder of pictures.
Settings DefaultSettings();

// $XDG_CONFIG_HOME/nosetip/settings.json, by default ~/.config/nosetip/settings.json.
std::filesystem::path SettingsPath();

struct LoadedSettings {
  Settings settings;
  std::string problem;  // what is wrong with the file and what became of it; else empty
};

// Of the text of a settings file, as LoadSettings does. Throws Error where it is no JSON object.
LoadedSettings ParseSettings(std::string_view text);

// Never throws because of the file's contents. An invalid value keeps its default and is named in
// `problem`. A file that is no settings file is renamed to "settings.json.broken"; all settings are
// default then, as without a file.
LoadedSettings LoadSettings(const std::filesystem::path& path);

// Written beside and renamed. Throws Error where it cannot be.
void SaveSettings(const std::filesystem::path& path, const Settings& settings);

// Makes the source the last one and the first of the recent ones.
void RememberSource(Settings& settings, const std::string& source);

}  // namespace nosetip
