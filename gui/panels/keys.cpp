#include <algorithm>
#include <array>
#include <string>

#include "gui/panels/panels.h"
#include "gui/panels/widgets.h"

namespace nosetip {
namespace {

template <bool ViewOptions::*member>
Command Toggle(const AppState& state) {
  Settings settings = state.settings;
  settings.view.*member = !(settings.view.*member);
  return ChangeSettings{settings};
}

Command PauseOrResume(const AppState& state) {
  // A file that has ended starts over.
  if (state.live.state == LiveState::kEnded) return SeekTo{0.0};
  return SetPaused{state.live.state != LiveState::kPaused};
}

Command Skip(const AppState& state, double by_s) {
  const double now_s = state.shown ? state.shown->result.pts_s : 0.0;
  return SeekTo{std::max(0.0, now_s + by_s)};
}

// Beyond the ends of the folder this opens "", which has no effect.
Command OtherFile(const AppState& state, int places) {
  return OpenSource{FileAfter(state.folder, state.live.source, places)};
}

Command ToggleLoop(const AppState& state) {
  Settings settings = state.settings;
  settings.loop = !settings.loop;
  return ChangeSettings{settings};
}

Command ToggleSide(const AppState& state) {
  Settings settings = state.settings;
  settings.interface.side_shown = !settings.interface.side_shown;
  return ChangeSettings{settings};
}

Command ToggleTheme(const AppState& state) {
  Settings settings = state.settings;
  settings.interface.theme = settings.interface.theme == "dark" ? "light" : "dark";
  return ChangeSettings{settings};
}

constexpr auto kBindings = std::to_array<KeyBinding>({
    {"Space", "Pause or resume", PauseOrResume},
    {"Right", "Next frame", [](const AppState&) -> Command { return StepFrame{}; }},
    {"Up", "Forward 10 s", [](const AppState& s) -> Command { return Skip(s, 10.0); }},
    {"Down", "Back 10 s", [](const AppState& s) -> Command { return Skip(s, -10.0); }},
    {"Home", "Go to the start", [](const AppState&) -> Command { return SeekTo{0.0}; }},
    {"Page Down", "Next file in the folder",
     [](const AppState& s) -> Command { return OtherFile(s, 1); }},
    {"Page Up", "Previous file", [](const AppState& s) -> Command { return OtherFile(s, -1); }},
    {"L", "Loop", ToggleLoop},
    {"C", "Clean view (no overlay)",
     [](const AppState& s) -> Command { return SetCleanView{!s.clean_view}; }},
    {"P", "Points", Toggle<&ViewOptions::points>},
    {"O", "Contours", Toggle<&ViewOptions::contours>},
    {"N", "Point numbers", Toggle<&ViewOptions::numbers>},
    {"B", "Face boxes", Toggle<&ViewOptions::boxes>},
    {"A", "Head axes", Toggle<&ViewOptions::axes>},
    {"T", "Trails", Toggle<&ViewOptions::trails>},
    {"S", "Screenshot", [](const AppState&) -> Command { return TakeScreenshot{}; }},
    {"R", "Start or stop recording",
     [](const AppState& s) -> Command {
       return SetRecording{s.recorder.state != RecorderState::kRecording};
     }},
    {"M", "Mirror", Toggle<&ViewOptions::mirror>},
    {"Tab", "Show or hide panels", ToggleSide},
    {"F", "Full screen", [](const AppState&) -> Command { return ToggleFullScreen{}; }},
    {"D", "Dark or light theme", ToggleTheme},
    {"Ctrl+O", "Open file",
     [](const AppState&) -> Command { return BrowseFor{BrowseFor::What::kSource}; }},
    {"F1", "Keyboard shortcuts",
     [](const AppState& s) -> Command { return ShowHelp{!s.help_shown}; }},
    {"H", "Keyboard shortcuts",
     [](const AppState& s) -> Command { return ShowHelp{!s.help_shown}; }},
    {"Ctrl+Q", "Quit", [](const AppState&) -> Command { return Quit{}; }},
});

}  // namespace

std::span<const KeyBinding> KeyBindings() { return kBindings; }

std::optional<Command> CommandOfKey(std::string_view key, const AppState& state) {
  if (key == "Esc" && state.help_shown) return ShowHelp{false};
  const auto found = std::find_if(kBindings.begin(), kBindings.end(),
                                  [&](const KeyBinding& binding) { return binding.key == key; });
  if (found == kBindings.end()) return std::nullopt;
  return found->command(state);
}

std::optional<Command> DrawHelpPanel(const AppState& state) {
  if (!state.help_shown) return std::nullopt;
  BeginItemsOf("Help");
  std::optional<Command> command;
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({0.5F * screen.x, 0.5F * screen.y}, ImGuiCond_Always, {0.5F, 0.5F});
  bool open = true;
  const WindowFrame frame;
  ImGui::Begin("Keyboard shortcuts", &open,
               ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoCollapse |
                   ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
  if (ImGui::BeginTable("keys", 4, ImGuiTableFlags_SizingFixedFit)) {
    for (const KeyBinding& binding : KeyBindings()) {
      ImGui::TableNextColumn();
      ImGui::TextColored(CurrentPalette().accent, "%s", std::string(binding.key).c_str());
      ImGui::TableNextColumn();
      ImGui::Text("%s     ", std::string(binding.help).c_str());
    }
    ImGui::EndTable();
  }
  Dim("While correcting points: Ctrl+Z undoes, Ctrl+Y redoes, the arrow keys move a point.");
  if (Button("Close", "Esc")) open = false;
  ImGui::End();
  if (!open) command = ShowHelp{false};
  return command;
}

}  // namespace nosetip
