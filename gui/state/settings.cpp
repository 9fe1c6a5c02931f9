#include "gui/state/settings.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "gui/platform/desktop.h"
#include "tracker/core/environment.h"
#include "tracker/core/error.h"
#include "tracker/core/json_text.h"
#include "tracker/core/text_file.h"
#include "tracker/output/options_json.h"
#include "tracker/output/text_output.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

constexpr int kVersion = 2;
constexpr size_t kMaxRecent = 8;
constexpr size_t kMaxBytes = size_t{1} << 20;

// Reads values into settings; an invalid one is named in `problems` and changes nothing.
class Reader {
 public:
  explicit Reader(const nlohmann::json& json) : json_(json) {}

  template <typename Value>
  void Read(const char* name, Value& value) {
    if (!json_.contains(name)) return;
    try {
      ReadOption(json_.at(name), {name, &value, ""});
    } catch (const Error&) {
      Complain(name);
    }
  }

  template <typename Options>
  void ReadOptions(const char* section, Options& options) {
    if (!json_.contains(section)) return;
    const nlohmann::json& values = json_.at(section);
    for (size_t i = 0; i < Options::Fields().size(); ++i) {
      Options changed = options;
      const OptionRef option = OptionRefs(changed)[i];
      if (!values.is_object() || !values.contains(option.name)) continue;
      try {
        ReadOption(values.at(option.name), option);
        Validate(changed);
        options = changed;
      } catch (const Error&) {
        Complain(fmt::format("{}.{}", section, option.name));
      }
    }
  }

  const std::string& problems() const { return problems_; }

 private:
  void Complain(const std::string& name) { problems_ += (problems_.empty() ? "" : ", ") + name; }

  const nlohmann::json& json_;
  std::string problems_;
};

// An edited file may hold anything; what the app writes is shorter.
void DropEmpty(std::vector<std::string>& list) {
  std::erase(list, "");
  if (list.size() > kMaxRecent) list.resize(kMaxRecent);
}

nlohmann::json ToJson(const Settings& s) {
  return {{"version", kVersion},
          {"source", s.source},
          {"recent", s.recent},
          {"loop", s.loop},
          {"media_folder", s.media_folder},
          {"data_folders", s.data_folders},
          {"model", JsonFromOptions(s.model)},
          {"detector", JsonFromOptions(s.detector)},
          {"tracker", JsonFromOptions(s.tracker)},
          {"smoothing", JsonFromOptions(s.smoothing)},
          {"head_pose", JsonFromOptions(s.tracker.intrinsics)},
          {"camera", JsonFromOptions(s.camera)},
          {"view", JsonFromOptions(s.view)},
          {"interface", JsonFromOptions(s.interface)}};
}

struct ReadSettings {
  int version = kVersion;
  std::string problems;
};

ReadSettings FromJson(const nlohmann::json& json, Settings& s) {
  Reader reader(json);
  int version = kVersion;
  reader.Read("version", version);
  reader.Read("source", s.source);
  reader.Read("recent", s.recent);
  reader.Read("loop", s.loop);
  reader.Read("media_folder", s.media_folder);
  reader.Read("data_folders", s.data_folders);
  DropEmpty(s.recent);
  DropEmpty(s.data_folders);
  if (s.media_folder.empty()) s.media_folder = DefaultSettings().media_folder;
  reader.ReadOptions("model", s.model);
  reader.ReadOptions("detector", s.detector);
  // Version 1 wrote its default, which took a quarter of the time that 5 takes now.
  if (version < 2 && s.detector.smallest_face == 5.0F) s.detector.smallest_face = 0.0F;
  reader.ReadOptions("tracker", s.tracker);
  reader.ReadOptions("smoothing", s.smoothing);
  reader.ReadOptions("head_pose", s.tracker.intrinsics);
  reader.ReadOptions("camera", s.camera);
  reader.ReadOptions("view", s.view);
  reader.ReadOptions("interface", s.interface);
  return {version, reader.problems()};
}

// An update may have moved a model; the app must still find faces then.
void UseDefaultsForMissingFiles(Settings& settings) {
  const Settings defaults = DefaultSettings();
  std::error_code ignored;
  if (settings.model.model != kAutoModel && !fs::exists(settings.model.model, ignored)) {
    settings.model.model = defaults.model.model;
  }
  if (!fs::exists(settings.detector.detector, ignored)) {
    settings.detector.detector = defaults.detector.detector;
  }
}

LoadedSettings SetAside(const fs::path& path, const std::string& what) {
  const fs::path aside = path.string() + ".broken";
  std::error_code ignored;
  fs::rename(path, aside, ignored);
  return {DefaultSettings(),
          fmt::format("{}: {}; renamed to {}, all settings are reset to defaults", path.string(),
                      what, aside.string())};
}

}  // namespace

std::span<const Field<ModelOptions>> ModelOptions::Fields() {
  static const std::array<Field<ModelOptions>, 4> kFields = {{
      {"model", &ModelOptions::model, "Landmark model: a .safetensors file, or auto."},
      {"device",
       &ModelOptions::device,
       "Where the model runs; auto uses a GPU that works, else the CPU.",
       0,
       0,
       {"auto", "cpu", "cuda"}},
      {"precision",
       &ModelOptions::precision,
       "Number format of the model; auto uses a faster one where accuracy is the same.",
       0,
       0,
       {"auto", "float32"}},
      {"threads", &ModelOptions::threads, "CPU threads; 0 uses all cores.", 0, 256},
  }};
  return kFields;
}

std::span<const Field<InterfaceOptions>> InterfaceOptions::Fields() {
  using Options = InterfaceOptions;
  static const std::array<Field<Options>, 7> kFields = {{
      {"theme", &Options::theme, "Colors of the window.", 0, 0, {"dark", "light"}},
      {"text-percent", &Options::text_percent, "Size of text and panels.", 60, 250},
      {"window-width", &Options::window_width, "Width of the window.", 320, 16384},
      {"window-height", &Options::window_height, "Height of the window.", 240, 16384},
      {"side-width", &Options::side_width, "Share of the window that the panels take.", 0.15, 0.7},
      {"lower-height", &Options::lower_height, "Share of the panels that the lower ones take.", 0.1,
       0.8},
      {"side-shown", &Options::side_shown, "Show the panels."},
  }};
  return kFields;
}

std::span<const Field<ViewOptions>> ViewOptions::Fields() {
  using Options = ViewOptions;
  static const std::array<Field<Options>, 14> kFields = {{
      {"mirror", &Options::mirror, "Flip the picture left to right."},
      {"points", &Options::points, "Show the points of each face."},
      {"contours", &Options::contours, "Connect the points of eyes, mouth and other parts."},
      {"numbers", &Options::numbers, "Show the index of each point, from 0."},
      {"boxes", &Options::boxes, "Show the bounding box of each face."},
      {"labels", &Options::labels, "Show the id and confidence of each face."},
      {"axes", &Options::axes, "Show the head pose: x red, y green, z blue."},
      {"confidence-colors", &Options::confidence_colors,
       "White points are certain, amber and red ones are not."},
      {"errors", &Options::errors, "Show the expected error of each point as a circle."},
      {"trails", &Options::trails, "Show the recent path of each point."},
      {"point-size", &Options::point_size, "Size of the points; the default is 1.", 0.3, 4.0},
      {"line-width", &Options::line_width, "Width of the lines; the default is 1.", 0.3, 4.0},
      {"opacity", &Options::opacity, "Opacity of the overlay, from 0 to 1.", 0.1, 1.0},
      {"trail-frames", &Options::trail_frames, "Length of the trails in frames.", 2, 240},
  }};
  return kFields;
}

Settings DefaultSettings() {
  Settings settings;
  settings.detector.detector = AssetPath("models/face_detector.onnx").string();
  settings.media_folder =
      (FolderOf("XDG_PICTURES_DIR", HomeFolder() / "Pictures") / "Nosetip").string();
  return settings;
}

fs::path SettingsPath() {
  return FolderOf("XDG_CONFIG_HOME", HomeFolder() / ".config") / "nosetip" / "settings.json";
}

LoadedSettings ParseSettings(std::string_view text) {
  const nlohmann::json json = ParseJson(text);
  if (!json.is_object()) throw Error("it is a value and not an object");
  LoadedSettings loaded{DefaultSettings(), ""};
  const ReadSettings read = FromJson(json, loaded.settings);
  if (!read.problems.empty()) {
    loaded.problem = fmt::format("ignored invalid values: {}", read.problems);
  } else if (read.version > kVersion) {
    loaded.problem = "written by a later version of Nosetip; unknown settings are ignored";
  }
  return loaded;
}

LoadedSettings LoadSettings(const fs::path& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return {DefaultSettings(), ""};
  try {
    LoadedSettings loaded = ParseSettings(ReadTextFile(path.string(), kMaxBytes));
    UseDefaultsForMissingFiles(loaded.settings);
    if (!loaded.problem.empty()) loaded.problem = path.string() + ": " + loaded.problem;
    return loaded;
  } catch (const Error& error) {
    return SetAside(path, fmt::format("it cannot be used ({})", error.what()));
  }
}

void SaveSettings(const fs::path& path, const Settings& settings) {
  std::error_code ignored;  // SaveText reports what is wrong with the folder
  fs::create_directories(path.parent_path(), ignored);
  // Not synced: the window would wait for the disk. What a power failure leaves is read or set
  // aside.
  SaveText(path, JsonText(ToJson(settings), 2) + "\n", {.sync = false});
}

void RememberSource(Settings& settings, const std::string& source) {
  settings.source = source;
  auto& recent = settings.recent;
  std::erase(recent, source);
  recent.insert(recent.begin(), source);
  if (recent.size() > kMaxRecent) recent.resize(kMaxRecent);
}

}  // namespace nosetip
