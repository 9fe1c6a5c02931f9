#include <array>
#include <ctime>
#include <string>

#include <fmt/core.h>

#include "gui/panels/panels.h"
#include "gui/panels/widgets.h"

namespace nosetip {
namespace {

std::string ClockText(std::chrono::system_clock::time_point at) {
  const std::time_t time = std::chrono::system_clock::to_time_t(at);
  std::tm local{};
  localtime_r(&time, &local);
  std::array<char, 16> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%H:%M:%S", &local)};
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
  const std::string times = line.times > 1 ? fmt::format("  ({} times)", line.times) : "";
  return fmt::format("{}  {}{}", ClockText(line.at), line.text, times);
}

}  // namespace

void DrawLogPanel(const AppState& state) {
  BeginItemsOf("Log");
  if (Button("Copy", "Copy all lines, for example for a bug report")) {
    std::string all;
    for (const LogLine& line : state.log.lines()) all += LineText(line) + "\n";
    ImGui::SetClipboardText(all.c_str());
  }
  ImGui::BeginChild("lines");
  for (const LogLine& line : state.log.lines()) {
    Wrapped(LineText(line), ColorOf(line.severity));
  }
  // Follows the newest line unless the user has scrolled up.
  if (ImGui::GetScrollY() >= ImGui::GetScrollMaxY()) ImGui::SetScrollHereY(1.0F);
  ImGui::EndChild();
}

}  // namespace nosetip
