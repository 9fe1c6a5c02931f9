// Draws panels without a window, in the font of the app, and uses the mouse on them.
#pragma once

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <imgui.h>

#include "gui/panels/item_map.h"
#include "gui/panels/theme.h"
#include "gui/state/commands.h"
#include "tracker/core/environment.h"

namespace nosetip {

class PanelDriver {
 public:
  using Draw = std::function<std::optional<Command>()>;

  explicit PanelDriver(Draw draw, Point2f window = {1280.0F, 720.0F}) : draw_(std::move(draw)) {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {window.x, window.y};
    io.DeltaTime = 1.0F / 60.0F;
    io.UserData = &items_;
    io.Fonts->AddFontFromFileTTF(AssetPath("fonts/Roboto-Regular.ttf").c_str(), kTextPx);
    unsigned char* pixels = nullptr;
    int width = 0;
    int height = 0;
    io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
    ApplyTheme("dark", 1.0F);
    Frames(3);
  }
  ~PanelDriver() { ImGui::DestroyContext(); }
  PanelDriver(const PanelDriver&) = delete;
  PanelDriver& operator=(const PanelDriver&) = delete;

  // What was asked for while these frames were drawn.
  std::vector<Command> Frames(int count) {
    std::vector<Command> commands;
    for (int i = 0; i < count; ++i) {
      items_.Clear();
      ImGui::NewFrame();
      if (std::optional<Command> command = draw_()) commands.push_back(std::move(*command));
      ImGui::Render();
    }
    return commands;
  }

  // Presses and releases the mouse in the middle of an item. Throws where there is none.
  std::vector<Command> Click(const std::string& item) {
    const RectF at = Of(item);
    return ClickAt(at.Center());
  }
  std::vector<Command> ClickAt(Point2f at) {
    MoveTo(at);
    std::vector<Command> commands = Frames(2);
    Press(true);
    Append(commands, Frames(2));
    Press(false);
    Append(commands, Frames(2));
    return commands;
  }
  std::vector<Command> Drag(Point2f from, Point2f to) {
    MoveTo(from);
    std::vector<Command> commands = Frames(2);
    Press(true);
    Append(commands, Frames(2));
    MoveTo(to);
    Append(commands, Frames(2));
    Press(false);
    Append(commands, Frames(2));
    return commands;
  }
  void Type(const std::string& text) { ImGui::GetIO().AddInputCharactersUTF8(text.c_str()); }
  void MoveTo(Point2f at) {
#if IMGUI_VERSION_NUM >= 18700
    ImGui::GetIO().AddMousePosEvent(at.x, at.y);
#else
    ImGui::GetIO().MousePos = {at.x, at.y};
#endif
  }

  bool Has(const std::string& item) const { return items_.items.contains(item); }
  RectF Of(const std::string& item) const {
    const auto found = items_.items.find(item);
    if (found == items_.items.end()) {
      std::string known;
      for (const auto& [name, rect] : items_.items) known += " '" + name + "'";
      throw std::runtime_error("no item '" + item + "'; there are" + known);
    }
    return found->second;
  }
  const ItemMap& items() const { return items_; }

 private:
  void Press(bool down) {
#if IMGUI_VERSION_NUM >= 18700
    ImGui::GetIO().AddMouseButtonEvent(0, down);
#else
    ImGui::GetIO().MouseDown[0] = down;
#endif
  }
  static void Append(std::vector<Command>& to, std::vector<Command> from) {
    for (Command& command : from) to.push_back(std::move(command));
  }

  Draw draw_;
  ItemMap items_;
};

// The only command of that kind among these; throws where there is none.
template <typename Wanted>
Wanted Only(const std::vector<Command>& commands) {
  for (const Command& command : commands) {
    if (const auto* wanted = std::get_if<Wanted>(&command)) return *wanted;
  }
  throw std::runtime_error("no such command among " + std::to_string(commands.size()));
}

}  // namespace nosetip
