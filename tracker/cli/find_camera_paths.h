// Finds the camera paths (tracker/measure/camera_path.h) of the inputs of a run.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>

#include "tracker/cli/output_plan.h"
#include "tracker/measure/camera_path.h"

namespace nosetip {

// Those of `tables` whose clip has a path, by table of the plan. `named` is the path of the only
// clip; where it is empty, a video file has the path that lies beside it. Throws Error for a path
// that cannot be read or has another frame size than its clip. A clip that cannot be opened passes
// here; that is reported when it is tracked.
std::map<size_t, CameraPath> FindCameraPaths(const OutputPlan& plan, std::span<const size_t> tables,
                                             const std::string& named);

}  // namespace nosetip
