#include "tracker/cli/find_camera_paths.h"

#include <filesystem>
#include <optional>
#include <system_error>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/sources/frame_source.h"

namespace nosetip {
namespace {

std::optional<SizePx> FrameSizeOf(const Input& input) {
  try {
    const SourceInfo info = OpenFrameSource(input.source)->info();
    return SizePx{info.width_px, info.height_px};
  } catch (const Error&) {
    return std::nullopt;
  }
}

CameraPath PathOf(const Input& input, const std::string& file) {
  CameraPath path = ReadCameraPath(file);
  const std::optional<SizePx> size = FrameSizeOf(input);
  if (size && *size != path.frame_px) {
    throw Error(fmt::format(
        "the camera path {} is for frames of {}x{} pixels, but those of {} "
        "have {}x{}; name the path of this clip with --camera-path",
        file, path.frame_px.width, path.frame_px.height, input.source, size->width, size->height));
  }
  return path;
}

}  // namespace

std::map<size_t, CameraPath> FindCameraPaths(const OutputPlan& plan, std::span<const size_t> tables,
                                             const std::string& named) {
  if (!named.empty() && plan.inputs.size() != 1) {
    throw Error(
        fmt::format("--camera-path is the path of one clip, but there are {} inputs; name "
                    "one, or put the path of each clip.mp4 beside it as clip.path.csv",
                    plan.inputs.size()));
  }
  std::map<size_t, CameraPath> paths;
  for (const size_t table : tables) {
    const Input& input = plan.inputs[plan.tables[table].inputs.front()].input;
    const std::filesystem::path beside = CameraPathBeside(input.source);
    std::error_code ignored;
    if (!named.empty()) {
      paths.emplace(table, PathOf(input, named));
    } else if (input.kind == SourceKind::kVideoFile && std::filesystem::exists(beside, ignored)) {
      paths.emplace(table, PathOf(input, beside.string()));
    }
  }
  return paths;
}

}  // namespace nosetip
