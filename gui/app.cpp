#include "gui/app.h"

#include <chrono>
#include <optional>
#include <utility>
#include <variant>

#include <imgui.h>

#include "gui/controllers/live_controller.h"
#include "gui/controllers/media_controller.h"
#include "gui/controllers/teaching_controller.h"
#include "gui/controllers/training_controller.h"
#include "gui/panels/file_browser.h"
#include "gui/panels/item_map.h"
#include "gui/panels/keys.h"
#include "gui/panels/panel_set.h"
#include "gui/panels/theme.h"
#include "gui/platform/desktop.h"
#include "gui/platform/window.h"
#include "gui/state/app_state.h"
#include "gui/state/source_choice.h"
#include "tracker/core/environment.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using Clock = std::chrono::steady_clock;

WindowOptions WindowOf(const Settings& settings) {
  WindowOptions options;
  options.size = {settings.interface.window_width, settings.interface.window_height};
  options.font = AssetPath("fonts/Roboto-Regular.ttf").string();
  return options;
}

// What the panels show before anything has happened; the source is chosen.
AppState FirstState(const AppOptions& options) {
  AppState state;
  LoadedSettings loaded = LoadSettings(options.settings);
  state.settings = std::move(loaded.settings);
  if (!loaded.problem.empty()) state.log.Add(Severity::kWarning, loaded.problem);
  state.sample_clip = SampleClipPath().string();
  state.cameras = ListCameras();
  FirstSource first =
      ChooseFirstSource({options.source, state.settings.source, state.cameras, state.sample_clip});
  state.banner = std::move(first.banner);
  try {
    if (auto folder = FolderOfSources(first.source)) state.folder = std::move(*folder);
  } catch (const Error& error) {
    state.banner = error.what();
    first.source = state.sample_clip;
  }
  Remember(state.settings, first.source);
  return state;
}

BrowseRequest RequestFor(BrowseFor::What what, const AppState& state) {
  const Settings& settings = state.settings;
  using Path = std::filesystem::path;
  const Path folder_of_source = Path(settings.source).parent_path();
  switch (what) {
    case BrowseFor::What::kModel:
      return {"Choose a model", Path(ModelFile(state)).parent_path(), false, {".ntm"}};
    case BrowseFor::What::kMediaFolder:
      return {"Save screenshots and recordings in", settings.media_folder, true, {}};
    case BrowseFor::What::kDataFolder:
      return {"Choose a data set", {}, true, {}};
    case BrowseFor::What::kSourceFolder:
      return {"Look at a folder of pictures and videos", folder_of_source, true, {}};
    case BrowseFor::What::kSource:
      break;
  }
  return {"Open a video or picture", folder_of_source, false, {}};
}

}  // namespace

// Carries out commands; holds what there is one of.
struct App::State {
  explicit State(const AppOptions& options);

  void RunFrame();
  bool Close();
  bool wants_to_quit = false;

 private:
  void Draw();
  void ApplyLook();
  void KeepWindowSize();
  void SaveSettingsNow();
  void Use(Settings settings);
  void RememberData(const TrainingOrder& order);
  void UseModel(const std::optional<std::string>& path);
  void ListModels() { state.models = training.Models(ModelFile(state)); }
  void TakeChosen(const std::filesystem::path& path);

  void Do(const Command& command) {
    std::visit([this](const auto& wanted) { Handle(wanted); }, command);
  }
  void Handle(const OpenSource& wanted);
  void Handle(const SetPaused& wanted) { live.Do(wanted); }
  void Handle(const StepFrame& wanted) { live.Do(wanted); }
  void Handle(const SeekTo& wanted) { live.Do(wanted); }
  void Handle(const ListCamerasAgain&) { live.ListCamerasAgain(state); }
  void Handle(const ChangeSettings& wanted) { Use(wanted.settings); }
  void Handle(const SetCleanView& wanted) { state.clean_view = wanted.clean; }
  void Handle(const ResetLayout&);
  void Handle(const ShowHelp& wanted) { state.help_shown = wanted.shown; }
  void Handle(const BrowseFor& wanted);
  void Handle(const TakeScreenshot&) { media.TakeScreenshot(state); }
  void Handle(const SetRecording& wanted) { media.SetRecording(state, wanted.recording); }
  void Handle(const ShowInDesktop& wanted);
  void Handle(const InspectData& wanted) {
    RememberData(wanted.order);
    training.Do(wanted);
  }
  void Handle(const StartTraining& wanted) {
    RememberData(wanted.order);
    training.Do(wanted, state);
  }
  void Handle(const ResumeTraining& wanted) { training.Do(wanted, state); }
  void Handle(const PauseTraining& wanted) { training.Do(wanted); }
  void Handle(const StopTraining& wanted) { training.Do(wanted); }
  void Handle(const JudgeModel& wanted);
  void Handle(const GoBackToModel& wanted) { UseModel(training.Do(wanted, state)); }
  void Handle(const SaveCorrected& wanted) { teaching.Do(wanted, state); }
  void Handle(const RemoveSaved& wanted) { teaching.Do(wanted, state); }
  void Handle(const ToggleFullScreen&) { window.SetFullScreen(!window.IsFullScreen()); }
  void Handle(const Quit&) { wants_to_quit = true; }

  std::filesystem::path settings_path;
  AppState state;
  Window window;
  Clock::time_point opened_at = Clock::now();
  PanelDrafts drafts;
  FileBrowser browser;
  BrowseFor::What browsing = BrowseFor::What::kSource;
  ItemMap items;
  ItemMapFile item_file;
  std::optional<Clock::time_point> save_at;
  std::string look;  // theme and size in use
  MediaController media;
  TrainingController training;
  TeachingController teaching;
  LiveController live;  // last: it calls what is above
};

App::State::State(const AppOptions& options)
    : settings_path(options.settings),
      state(FirstState(options)),
      window(WindowOf(state.settings)),
      item_file(options.item_map),
      media(state.settings.media_folder),
      teaching(state),
      live(state, [this](const LiveFrame& frame) {
        Window::Wake();
        media.OnTracked(frame);
      }) {
  ImGui::GetIO().UserData = &items;
  state.window_system = window.GlDescription();
  ListModels();
}

void App::State::Handle(const OpenSource& wanted) {
  if (wanted.source.empty()) return;
  live.Do(wanted, state);
  save_at = Clock::now();
}

void App::State::Handle(const ResetLayout&) {
  Settings settings = state.settings;
  settings.interface = WithFirstLayout(settings.interface);
  Use(std::move(settings));
}

void App::State::Handle(const ShowInDesktop& wanted) {
  if (!ShowInDesktopOf(wanted.path)) {
    state.log.Add(Severity::kWarning, "cannot be shown here: " + wanted.path.string());
  }
}

void App::State::Handle(const BrowseFor& wanted) {
  browsing = wanted.what;
  browser.Open(RequestFor(wanted.what, state));
}

void App::State::UseModel(const std::optional<std::string>& path) {
  Settings settings = state.settings;
  if (path) settings.model.model = *path;
  Use(std::move(settings));
  ListModels();
}

void App::State::TakeChosen(const std::filesystem::path& path) {
  switch (browsing) {
    case BrowseFor::What::kSource:
    case BrowseFor::What::kSourceFolder:
      return Do(OpenSource{path.string()});
    case BrowseFor::What::kDataFolder:
      return drafts.training.data.push_back(path.string());
    case BrowseFor::What::kModel:
      return UseModel(path.string());
    case BrowseFor::What::kMediaFolder:
      Settings settings = state.settings;
      settings.media_folder = path.string();
      Use(std::move(settings));
  }
}

void App::State::RememberData(const TrainingOrder& order) {
  constexpr size_t kMost = 6;
  auto& known = state.settings.data_folders;
  for (const std::string& path : order.data) {
    std::erase(known, path);
    known.insert(known.begin(), path);
  }
  if (known.size() > kMost) known.resize(kMost);
  save_at = Clock::now();
}

void App::State::Handle(const JudgeModel& wanted) {
  try {
    UseModel(training.Do(wanted, state));
  } catch (const Error& error) {
    state.log.Add(Severity::kError, error.what());
  }
}

void App::State::Use(Settings settings) {
  live.Use(settings, state);
  if (settings.media_folder != state.settings.media_folder) media.ShowFolder(settings.media_folder);
  state.settings = std::move(settings);
  save_at = Clock::now() + std::chrono::seconds(1);
}

void App::State::ApplyLook() {
  const InterfaceOptions& options = state.settings.interface;
  const float scale = window.ContentScale() * options.text_percent / 100.0F;
  std::string wanted = options.theme + std::to_string(scale);
  if (wanted == look) return;
  look = std::move(wanted);
  ApplyTheme(options.theme, scale);
  window.SetTextSize(kTextPx * scale);
}

void App::State::KeepWindowSize() {
  InterfaceOptions& options = state.settings.interface;
  const SizePx size = window.Size();
  const bool is_same = size == SizePx{options.window_width, options.window_height};
  if (is_same || window.IsFullScreen()) return;
  options.window_width = size.width;
  options.window_height = size.height;
  save_at = Clock::now() + std::chrono::seconds(1);
}

void App::State::SaveSettingsNow() {
  save_at.reset();
  try {
    SaveSettings(settings_path, state.settings);
  } catch (const Error& error) {
    state.log.Add(Severity::kWarning, std::string("settings are not kept: ") + error.what());
  }
}

void App::State::Draw() {
  items.Clear();
  window.BeginFrame();
  const std::optional<Command> command = DrawAllPanels(state, drafts);
  const std::optional<std::filesystem::path> chosen = browser.Draw();
  window.EndFrame();
  if (command) Do(*command);
  if (chosen) TakeChosen(*chosen);
}

void App::State::RunFrame() {
  constexpr double kLongestWaitS = 0.1;
  const WindowEvents events = window.WaitForEvents(kLongestWaitS);
  if (events.wants_to_close) wants_to_quit = true;
  for (const std::string& key : events.keys) {
    if (TakeKey(drafts.teach, key)) continue;
    if (const auto command = CommandOfKey(key, state)) Do(*command);
  }
  for (const std::string& file : events.dropped_files) Do(OpenSource{file});
  KeepWindowSize();
  if (save_at && Clock::now() >= *save_at) SaveSettingsNow();
  ApplyLook();
  media.Update(state);
  training.Update(state);
  teaching.Update(state, drafts.teach);
  const Clock::time_point before = Clock::now();
  const bool is_new = live.Update(state);
  Draw();
  const Clock::time_point after = Clock::now();
  state.performance.AddDrawn(std::chrono::duration<double, std::milli>(after - before).count());
  if (is_new && state.shown) {
    state.performance.AddShown(*state.shown, after);
    if (!state.performance.first_points_s() && !state.shown->result.faces.empty()) {
      state.performance.SetFirstPoints(std::chrono::duration<double>(after - opened_at).count());
    }
  }
  item_file.Write(items, after);
}

// The recording first, so that its last frames are written while the threads end.
bool App::State::Close() {
  media.Stop();
  SaveSettingsNow();
  return live.Close();
}

App::App(const AppOptions& options) : state_(std::make_unique<State>(options)) {}

App::~App() = default;

bool App::Run(const std::stop_token& stop) {
  while (!state_->wants_to_quit && !stop.stop_requested()) state_->RunFrame();
  return state_->Close();
}

}  // namespace nosetip
