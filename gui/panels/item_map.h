// Where the items of the panels are on the screen, for programs that drive the app: tests,
// accessibility tools.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <utility>

#include "tracker/core/geometry.h"

namespace nosetip {

// Filled anew in each frame. A name is "Panel/label".
struct ItemMap {
  std::string panel;  // that is being drawn
  std::map<std::string, RectF> items;

  void Add(const std::string& label, const RectF& place);
  void Clear();
};

// Writes {"Panel/label": [x, y, width, height], ...} in units of the window, one item per line,
// when it has changed, a few times a second at most. No path, no file.
class ItemMapFile {
 public:
  explicit ItemMapFile(std::filesystem::path path) : path_(std::move(path)) {}

  // Throws Error where the file cannot be written.
  void Write(const ItemMap& map, std::chrono::steady_clock::time_point now);

 private:
  std::filesystem::path path_;
  std::map<std::string, RectF> written_;
  std::chrono::steady_clock::time_point written_at_;
};

}  // namespace nosetip
