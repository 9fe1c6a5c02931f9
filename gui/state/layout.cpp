#include "gui/state/layout.h"

#include <algorithm>

namespace nosetip {
namespace {

constexpr float kLeastSideInText = 24.0F;  // times the size of text
constexpr float kMostSide = 0.66F;         // of the window
constexpr float kSplitterInText = 0.4F;

}  // namespace

Layout LayOut(Point2f window, const InterfaceOptions& options, float text_px) {
  Layout layout;
  if (!options.side_shown) {
    layout.view = {0.0F, 0.0F, window.x, window.y};
    return layout;
  }
  const float splitter = kSplitterInText * text_px;
  const float side = std::min(std::max(options.side_width * window.x, kLeastSideInText * text_px),
                              kMostSide * window.x);
  const float side_x = window.x - side;
  const float lower = options.lower_height * window.y;
  layout.view = {0.0F, 0.0F, side_x - splitter, window.y};
  layout.side_splitter = {side_x - splitter, 0.0F, splitter, window.y};
  layout.upper = {side_x, 0.0F, side, window.y - lower - splitter};
  layout.lower_splitter = {side_x, window.y - lower - splitter, side, splitter};
  layout.lower = {side_x, window.y - lower, side, lower};
  return layout;
}

InterfaceOptions WithSideSplitterAt(InterfaceOptions options, Point2f window, float x) {
  options.side_width = std::clamp((window.x - x) / std::max(window.x, 1.0F), 0.15F, kMostSide);
  return options;
}

InterfaceOptions WithLowerSplitterAt(InterfaceOptions options, Point2f window, float y) {
  options.lower_height = std::clamp((window.y - y) / std::max(window.y, 1.0F), 0.1F, 0.8F);
  return options;
}

InterfaceOptions WithFirstLayout(InterfaceOptions options) {
  const InterfaceOptions first;
  options.side_width = first.side_width;
  options.lower_height = first.lower_height;
  options.side_shown = first.side_shown;
  options.text_percent = first.text_percent;
  return options;
}

}  // namespace nosetip
