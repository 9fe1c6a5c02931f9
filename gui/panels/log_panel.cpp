#include "gui/panels/log_panel.h"

#include <ctime>
#include <string>

#include "gui/panels/widgets.h"

namespace nosetip {
namespace {

std::string ClockText(std::chrono::system_clock::time_point at) {
  const std::time_t time = std::chrono::system_clock::to_time_t(at);
  std::tm local{};
  localtime_r(&time, &local);
  char text[16];
  std::strftime(text, sizeof text, "%H:%M:%S", &local);
  return text;
}

ImVec4 ColorOf(Severity severity) {
  const Palette& palette = CurrentPalette();
  switch (severity) {
    case Severity::kWarning:
      return palette.warning;
    case Severity::kError:
      return palette.bad;
    case Severity::kInfo:
      break;
  }
  return ImGui::GetStyle().Colors[ImGuiCol_Text];
}

std::string LineText(const LogLine& line) {
  std::string text = ClockText(line.at) + "  " + line.text;
  if (line.times > 1) text += "  (" + std::to_string(line.times) + " times)";
  return text;
}

}  // namespace

void DrawLogPanel(const AppState& state) {
  BeginItemsOf("Log");
  if (Button("Copy", "All lines, for a bug report")) {
    std::string all;
    for (const LogLine& line : state.log.lines()) all += LineText(line) + "\n";
    ImGui::SetClipboardText(all.c_str());
  }
  ImGui::BeginChild("lines");
  for (const LogLine& line : state.log.lines()) {
    ImGui::PushStyleColor(ImGuiCol_Text, ColorOf(line.severity));
    Wrapped(LineText(line));
    ImGui::PopStyleColor();
  }
  // Follows the newest line unless one has scrolled up.
  if (ImGui::GetScrollY() >= ImGui::GetScrollMaxY()) ImGui::SetScrollHereY(1.0F);
  ImGui::EndChild();
}

}  // namespace nosetip
