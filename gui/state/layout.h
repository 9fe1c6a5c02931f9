// Where things are in the window.
#pragma once

#include "gui/state/settings.h"
#include "tracker/core/geometry.h"

namespace nosetip {

// In units of the screen. Side panels are empty where they are hidden.
struct Layout {
  RectF view;
  RectF upper;  // of the side
  RectF lower;
  RectF side_splitter;   // drag it to the left or right
  RectF lower_splitter;  // up or down
};

// `text_px` is the size of text, by which what must fit is measured: panels keep a width that they
// can be read at, and the view at least a third of the window.
Layout LayOut(Point2f window, const InterfaceOptions& options, float text_px);

// The options that have the splitter where it was dragged to.
InterfaceOptions WithSideSplitterAt(InterfaceOptions options, Point2f window, float x);
InterfaceOptions WithLowerSplitterAt(InterfaceOptions options, Point2f window, float y);
// Panels as wide and high as at first.
InterfaceOptions WithFirstLayout(InterfaceOptions options);

}  // namespace nosetip
