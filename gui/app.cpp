#include "gui/app.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <variant>

#include <fmt/core.h>
#include <imgui.h>

#include "gui/controllers/live_controller.h"
#include "gui/controllers/media_controller.h"
#include "gui/controllers/settings_controller.h"
#include "gui/controllers/teaching_controller.h"
#include "gui/controllers/training_controller.h"
#include "gui/panels/file_browser.h"
#include "gui/panels/item_map.h"
#include "gui/panels/panels.h"
#include "gui/panels/theme.h"
#include "gui/platform/desktop.h"
#include "gui/platform/window.h"
#include "gui/state/app_state.h"
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

BrowseRequest RequestFor(BrowseFor::What what, const AppState& state) {
  const Settings& settings = state.settings;
  using Path = std::filesystem::path;
  const Path folder_of_source = Path(settings.source).parent_path();
  switch (what) {
    case BrowseFor::What::kModel:
      return {"Select a model", Path(ModelFile(state)).parent_path(), false, {".safetensors"}};
    case BrowseFor::What::kMediaFolder:
      return {"Select a folder for screenshots and recordings", settings.media_folder, true, {}};
    case BrowseFor::What::kDataFolder:
      return {"Select a data set", {}, true, {}};
    case BrowseFor::What::kSourceFolder:
      return {"Open a folder of pictures and videos", folder_of_source, true, {}};
    case BrowseFor::What::kSource:
      break;
  }
  return {"Open a video or picture", folder_of_source, false, {}};
}

}  // namespace

// Handles the commands of the panels: most go to the controller of their subject.
struct App::State {
  explicit State(const AppOptions& options);

  void RunFrame();
  bool Close();
  bool wants_to_quit = false;

 private:
  void Draw();
  void ApplyLook();
  void MeasurePerformance(bool is_new, Clock::time_point before, Clock::time_point after);
  void Apply(Settings changed);
  void UseModel(const std::optional<std::string>& path);
  void ListModels() { state.models = training.Models(ModelFile(state)); }
  void HandleChosen(const std::filesystem::path& path);

  void Dispatch(const Command& command) {
    std::visit([this](const auto& wanted) { Handle(wanted); }, command);
  }
  void Handle(const OpenSource& wanted);
  void Handle(const SetPaused& wanted) { live.Handle(wanted); }
  void Handle(const StepFrame& wanted) { live.Handle(wanted); }
  void Handle(const SeekTo& wanted) { live.Handle(wanted); }
  void Handle(const RefreshCameras& wanted) { live.Handle(wanted, state); }
  void Handle(const ChangeSettings& wanted) { Apply(wanted.settings); }
  void Handle(const SetCleanView& wanted) { state.clean_view = wanted.clean; }
  void Handle(const ResetLayout&);
  void Handle(const ShowHelp& wanted) { state.help_shown = wanted.shown; }
  void Handle(const BrowseFor& wanted);
  void Handle(const CalibrateSignals& wanted) { live.Handle(wanted, state); }
  void Handle(const TakeScreenshot& wanted) { media.Handle(wanted, state); }
  void Handle(const SetRecording& wanted) { media.Handle(wanted, state); }
  void Handle(const ShowInDesktop& wanted);
  void Handle(const InspectData& wanted) {
    settings.RememberData(state, wanted.order.data);
    training.Handle(wanted);
  }
  void Handle(const StartTraining& wanted) {
    settings.RememberData(state, wanted.order.data);
    training.Handle(wanted, state);
  }
  void Handle(const ResumeTraining& wanted) { training.Handle(wanted, state); }
  void Handle(const PauseTraining& wanted) { training.Handle(wanted); }
  void Handle(const StopTraining& wanted) { training.Handle(wanted); }
  void Handle(const DecideOnModel& wanted);
  void Handle(const RevertModel& wanted) { UseModel(training.Handle(wanted, state)); }
  void Handle(const SaveCorrected& wanted) { teaching.Handle(wanted, state); }
  void Handle(const RemoveSaved& wanted) { teaching.Handle(wanted, state); }
  void Handle(const ToggleFullScreen&) { window.SetFullScreen(!window.IsFullScreen()); }
  void Handle(const Quit&) { wants_to_quit = true; }

  AppState state;
  SettingsController settings;
  Window window;
  Clock::time_point opened_at = Clock::now();
  PanelDrafts drafts;
  FileBrowser browser;
  BrowseFor::What browsing = BrowseFor::What::kSource;
  ItemMap items;
  ItemMapFile item_file;
  std::string look;  // the current theme and scale
  MediaController media;
  TrainingController training;
  TeachingController teaching;
  LiveController live;  // last, as its threads call what is above
};

App::State::State(const AppOptions& options)
    : state(FirstState(options.source, options.settings)),
      settings(options.settings),
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
  live.Handle(wanted, state);
  settings.SaveNext();
}

void App::State::Handle(const ResetLayout&) {
  Settings changed = state.settings;
  changed.interface = WithDefaultLayout(changed.interface);
  Apply(std::move(changed));
}

void App::State::Handle(const ShowInDesktop& wanted) {
  if (!OpenInDesktop(wanted.path)) {
    state.log.Add(Severity::kWarning,
                  fmt::format("Cannot open {}: it does not exist, or xdg-open is not installed",
                              wanted.path.string()));
  }
}

void App::State::Handle(const BrowseFor& wanted) {
  browsing = wanted.what;
  browser.Open(RequestFor(wanted.what, state));
}

void App::State::UseModel(const std::optional<std::string>& path) {
  Settings changed = state.settings;
  if (path) changed.model.model = *path;
  Apply(std::move(changed));
  ListModels();
}

void App::State::HandleChosen(const std::filesystem::path& path) {
  switch (browsing) {
    case BrowseFor::What::kSource:
    case BrowseFor::What::kSourceFolder:
      return Handle(OpenSource{path.string()});
    case BrowseFor::What::kDataFolder:
      return drafts.training.data.push_back(path.string());
    case BrowseFor::What::kModel:
      return UseModel(path.string());
    case BrowseFor::What::kMediaFolder:
      Settings changed = state.settings;
      changed.media_folder = path.string();
      Apply(std::move(changed));
  }
}

void App::State::Handle(const DecideOnModel& wanted) {
  try {
    UseModel(training.Handle(wanted, state));
  } catch (const Error& error) {
    state.log.Add(Severity::kError, error.what());
  }
}

void App::State::Apply(Settings changed) {
  live.Apply(changed, state);
  if (changed.media_folder != state.settings.media_folder) media.ShowFolder(changed.media_folder);
  state.settings = std::move(changed);
  settings.SaveSoon();
}

void App::State::ApplyLook() {
  const InterfaceOptions& options = state.settings.interface;
  const float scale = window.ContentScale() * options.text_percent / 100.0F;
  std::string wanted = fmt::format("{} {}", options.theme, scale);
  if (wanted == look) return;
  look = std::move(wanted);
  ApplyTheme(options.theme, scale);
  window.SetTextSize(kTextPx * scale);
}

void App::State::Draw() {
  items.Clear();
  window.BeginFrame();
  const std::optional<Command> command = DrawAllPanels(state, drafts);
  const std::optional<std::filesystem::path> chosen = browser.Draw();
  window.EndFrame();
  if (command) Dispatch(*command);
  if (chosen) HandleChosen(*chosen);
}

void App::State::RunFrame() {
  constexpr double kMaxWaitS = 0.1;
  const WindowEvents events = window.WaitForEvents(kMaxWaitS);
  if (events.wants_to_close) wants_to_quit = true;
  for (const std::string& key : events.keys) {
    if (HandleKey(drafts.teach, key)) continue;
    if (const auto command = CommandOfKey(key, state)) Dispatch(*command);
  }
  for (const std::string& file : events.dropped_files) Handle(OpenSource{file});
  if (!window.IsFullScreen()) settings.RememberWindowSize(state, window.Size());
  settings.Update(state);
  ApplyLook();
  media.Update(state);
  training.Update(state);
  teaching.Update(state, drafts.teach);
  const Clock::time_point before = Clock::now();
  const bool is_new = live.Update(state);
  Draw();
  const Clock::time_point after = Clock::now();
  MeasurePerformance(is_new, before, after);
  item_file.Write(items, after);
}

void App::State::MeasurePerformance(bool is_new, Clock::time_point before,
                                    Clock::time_point after) {
  PerformanceMeter& meter = state.performance;
  meter.AddDrawn(std::chrono::duration<double, std::milli>(after - before).count());
  if (!is_new || !state.shown) return;
  meter.AddShown(*state.shown, after);
  const bool has_points = std::ranges::any_of(
      state.shown->result.faces, [](const TrackedFace& face) { return !face.landmarks.Empty(); });
  if (!meter.first_points_s() && has_points) {
    meter.SetFirstPoints(std::chrono::duration<double>(after - opened_at).count());
  }
}

// The recording is stopped first, so that its last frames are written while the threads end.
bool App::State::Close() {
  media.Stop();
  settings.Save(state);
  return live.Close();
}

App::App(const AppOptions& options) : state_(std::make_unique<State>(options)) {}

App::~App() = default;

bool App::Run(const std::stop_token& stop) {
  while (!state_->wants_to_quit && !stop.stop_requested()) state_->RunFrame();
  return state_->Close();
}

}  // namespace nosetip
