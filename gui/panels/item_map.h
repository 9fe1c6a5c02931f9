// The item map as a file, for programs that drive the app: tests, accessibility tools.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "tracker/core/geometry.h"
#include "tracker/output/text_output.h"

namespace nosetip {

// Where the items of the panels are on the screen, for what clicks them without eyes: tests, and
// programs that drive the app.

// Filled anew in each frame. A name is "Panel/label".
struct ItemMap {
  std::string panel;  // that is being drawn
  std::map<std::string, RectF> items;

  void Add(const std::string& label, const RectF& rect) {
    items[panel.empty() ? label : panel + "/" + label] = rect;
  }
  void Clear() {
    panel.clear();
    items.clear();
  }
};

// {"Panel/label": [x, y, width, height], ...} in units of the window, one item a line; written when
// it has changed, a few times a second at most.
class ItemMapFile {
 public:
  explicit ItemMapFile(std::filesystem::path path) : path_(std::move(path)) {}

  void Write(const ItemMap& map, std::chrono::steady_clock::time_point now) {
    constexpr std::chrono::milliseconds kBetween{150};
    if (path_.empty() || now < written_at_ + kBetween || map.items == written_) return;
    std::string lines;
    for (const auto& [name, r] : map.items) {
      lines += (lines.empty() ? "" : ",\n") + nlohmann::json(name).dump() + ": " +
               nlohmann::json({r.x, r.y, r.width, r.height}).dump();
    }
    SaveText(path_, "{\n" + lines + "\n}\n");
    written_ = map.items;
    written_at_ = now;
  }

 private:
  std::filesystem::path path_;
  std::map<std::string, RectF> written_;
  std::chrono::steady_clock::time_point written_at_;
};

}  // namespace nosetip
