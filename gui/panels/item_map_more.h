// Where the items of the panels are on the screen, for what clicks them without eyes: tests, and
// programs that drive the app.
#pragma once

#include <map>
#include <string>

#include "tracker/core/geometry.h"

namespace nosetip {

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

}  // namespace nosetip
