// Draws faces over the frame, at the resolution of the window.
#pragma once

#include <imgui.h>

#include "gui/panels/view_transform.h"
#include "gui/state/trails.h"
#include "gui/state/view_options.h"
#include "tracker/live/live_frame.h"

namespace nosetip {

// Colour of a face, the same as long as it keeps its id; also in files (vision/overlay.h).
ImU32 ColorOfFace(int id, float opacity);

// White from confidence 0.75 on, amber at 0.5, red at 0.
ImU32 ColorOfConfidence(float confidence, float opacity);

// `frame.schema` may be null, then only boxes are drawn. `ui_scale` 1 fits text of 15 units.
void PaintFaces(ImDrawList& list, const LiveFrame& frame, const Trails& trails,
                const ViewTransform& view, const ViewOptions& options, float ui_scale);

}  // namespace nosetip
