#include "gui/app.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <variant>

#include <imgui.h>

#include "gui/app_state.h"
#include "gui/first_source.h"
#include "gui/item_map_file.h"
#include "gui/keys.h"
#include "gui/live_parts.h"
#include "gui/model_files.h"
#include "gui/panel_set.h"
#include "gui/panels/file_browser.h"
#include "gui/platform/frame_texture.h"
#include "gui/platform/window.h"
#include "gui/status_watch.h"
#include "gui/theme.h"
#include "tracker/core/assets.h"
#include "tracker/core/error.h"
#include "tracker/live/live_session.h"

namespace nosetip {
namespace {

using Clock = std::chrono::steady_clock;

WindowOptions WindowOf(const Settings& settings) {
  WindowOptions options;
  options.size = {settings.interface.window_width, settings.interface.window_height};
  options.font = AssetPath("fonts/Roboto-Regular.ttf").string();
  return options;
}

AppState StateOf(LoadedSettings loaded) {
  AppState state;
  state.settings = std::move(loaded.settings);
  if (!loaded.problem.empty()) state.log.Add(Severity::kWarning, loaded.problem);
  return state;
}

}  // namespace

// Carries out commands; holds what there is one of.
struct App::State {
  State(const AppOptions& options, LoadedSettings loaded);

  void RunFrame();
  void SaveNow();
  bool wants_to_quit = false;

 private:
  void ApplyLook();
  void Update();
  void Draw();
  void SaveWhenChanged(Clock::time_point now);
  void Browse(BrowseFor::What what);
  void TakeChosen(const std::filesystem::path& path);
  void Use(Settings settings);

  void Do(const Command& command) {
    std::visit([this](const auto& wanted) { Carry(wanted); }, command);
  }
  void Carry(const OpenSource& wanted);
  void Carry(const SetPaused& wanted) { wanted.paused ? session.Pause() : session.Resume(); }
  void Carry(const StepFrame&) { session.StepOnce(); }
  void Carry(const SeekTo& wanted) { session.SeekTo(wanted.pts_s); }
  void Carry(const ChangeSettings& wanted) { Use(wanted.settings); }
  void Carry(const SetCleanView& wanted) { state.clean_view = wanted.clean; }
  void Carry(const ResetLayout&);
  void Carry(const ListCamerasAgain&) { state.cameras = ListCameras(); }
  void Carry(const ShowHelp& wanted) { state.help_shown = wanted.shown; }
  void Carry(const BrowseFor& wanted) { Browse(wanted.what); }
  void Carry(const ToggleFullScreen&) { window.SetFullScreen(!window.IsFullScreen()); }
  void Carry(const Quit&) { wants_to_quit = true; }

  LiveSetup SetupOf(const AppOptions& options);

  std::filesystem::path settings_path;
  AppState state;
  Window window;
  FrameTexture texture;
  std::shared_ptr<DeviceNote> device = std::make_shared<DeviceNote>();
  PanelDrafts drafts;
  FileBrowser browser;
  BrowseFor::What browsing = BrowseFor::What::kSource;
  ItemMap items;
  ItemMapFile item_file;
  StatusWatch watch;
  std::optional<Clock::time_point> rebuild_at;
  std::optional<Clock::time_point> save_at;
  std::string look;  // theme and size in use
  LiveSession session;
};

App::State::State(const AppOptions& options, LoadedSettings loaded)
    : settings_path(options.settings),
      state(StateOf(std::move(loaded))),
      window(WindowOf(state.settings)),
      item_file(options.item_map),
      session(SetupOf(options)) {
  ImGui::GetIO().UserData = &items;
  state.window_system = window.GlDescription();
  session.SetLoop(state.settings.loop);
}

LiveSetup App::State::SetupOf(const AppOptions& options) {
  state.sample_clip = SampleClipPath().string();
  state.cameras = ListCameras();
  state.models = ModelFiles({AssetPath("models")}, state.settings.model.model);
  FirstSource first =
      ChooseFirstSource({options.source, state.settings.source, state.cameras, state.sample_clip});
  state.banner = std::move(first.banner);
  Remember(state.settings, first.source);
  LiveSetup setup;
  setup.source = std::move(first.source);
  setup.make_parts = MakeParts(state.settings, device);
  setup.capture.camera = state.settings.camera;
  setup.on_tracked = [](const LiveFrame&) { Window::Wake(); };
  return setup;
}

void App::State::Carry(const OpenSource& wanted) {
  if (wanted.source.empty()) return;
  state.banner.clear();
  state.performance.Clear();
  state.trails.Clear();
  Remember(state.settings, wanted.source);
  session.SetSource(wanted.source);
  save_at = Clock::now();
}

void App::State::Carry(const ResetLayout&) {
  Settings settings = state.settings;
  settings.interface = WithFirstLayout(settings.interface);
  Use(std::move(settings));
}

// Sliders give many values on their way: what is dear waits until they rest.
void App::State::Use(Settings settings) {
  constexpr std::chrono::milliseconds kRest{300};
  if (settings.loop != state.settings.loop) session.SetLoop(settings.loop);
  if (NeedsOtherTracker(state.settings, settings)) rebuild_at = Clock::now() + kRest;
  state.settings = std::move(settings);
  save_at = Clock::now() + std::chrono::seconds(1);
}

void App::State::Browse(BrowseFor::What what) {
  const std::filesystem::path here = state.settings.source;
  const bool from_models = what == BrowseFor::What::kModel;
  BrowseRequest request;
  request.title = from_models ? "Choose a model" : "Open a video or picture";
  request.folder = from_models ? std::filesystem::path(state.settings.model.model).parent_path()
                               : here.parent_path();
  if (from_models) request.extensions = {".ntm"};
  browsing = what;
  browser.Open(std::move(request));
}

void App::State::TakeChosen(const std::filesystem::path& path) {
  if (browsing == BrowseFor::What::kSource) return Do(OpenSource{path.string()});
  Settings settings = state.settings;
  settings.model.model = path.string();
  state.models = ModelFiles({AssetPath("models")}, settings.model.model);
  Use(std::move(settings));
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

void App::State::Update() {
  const Clock::time_point now = Clock::now();
  if (rebuild_at && now >= *rebuild_at) {
    rebuild_at.reset();
    session.SetTracker(MakeParts(state.settings, device));
  }
  state.live = session.Status();
  for (const LogLine& line : watch.Look(state.live)) state.log.Add(line.severity, line.text);
  const DeviceChoice in_use = device->Read();
  state.device = in_use.name;
  state.device_reason = in_use.reason;
  SaveWhenChanged(now);
}

void App::State::SaveWhenChanged(Clock::time_point now) {
  if (window.Size() !=
          SizePx{state.settings.interface.window_width, state.settings.interface.window_height} &&
      !window.IsFullScreen()) {
    const SizePx size = window.Size();
    state.settings.interface.window_width = size.width;
    state.settings.interface.window_height = size.height;
    save_at = now + std::chrono::seconds(1);
  }
  if (save_at && now >= *save_at) SaveNow();
}

void App::State::SaveNow() {
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
  std::optional<Command> command = DrawAllPanels(state, drafts);
  if (const auto chosen = browser.Draw()) TakeChosen(*chosen);
  window.EndFrame();
  if (command) Do(*command);
}

void App::State::RunFrame() {
  constexpr double kLongestWaitS = 0.1;
  const WindowEvents events = window.WaitForEvents(kLongestWaitS);
  if (events.wants_to_close) wants_to_quit = true;
  for (const std::string& key : events.keys) {
    if (const auto command = CommandOfKey(key, state)) Do(*command);
  }
  for (const std::string& file : events.dropped_files) Do(OpenSource{file});
  Update();
  ApplyLook();
  const Clock::time_point before = Clock::now();
  std::optional<LiveFrame> latest = session.TakeLatest();
  if (latest) {
    texture.Upload(latest->frame->image);
    state.picture = {texture.Id(), texture.width_px(), texture.height_px()};
    state.trails.Add(latest->result, static_cast<size_t>(state.settings.view.trail_frames));
    state.shown = latest;
  }
  Draw();
  const Clock::time_point after = Clock::now();
  state.performance.AddDrawn(std::chrono::duration<double, std::milli>(after - before).count());
  if (latest) state.performance.AddShown(*latest, after);
  item_file.Write(items, after);
}

App::App(const AppOptions& options)
    : state_(std::make_unique<State>(options, LoadSettings(options.settings))) {}

App::~App() = default;

void App::Run(const std::stop_token& stop) {
  while (!state_->wants_to_quit && !stop.stop_requested()) state_->RunFrame();
  state_->SaveNow();
}

}  // namespace nosetip
