#include "tracker/output/json_writers.h"

#include <array>
#include <span>
#include <string>

#include <nlohmann/json.hpp>

#include "tracker/core/json_text.h"
#include "tracker/output/number_text.h"
#include "tracker/output/text_output.h"

namespace nosetip {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kPoseDecimals = 4;
constexpr int kMillimeterDecimals = 2;

Json ListOf(std::span<const float> values, int decimals) {
  Json list = Json::array();
  for (const float value : values) list.push_back(RoundedTo(value, decimals));
  return list;
}

Json PoseObject(const std::optional<HeadPose>& pose) {
  if (!pose) return nullptr;
  const auto [fx, fy, cx, cy] = pose->camera;
  const auto rounded = [](double px) { return RoundedTo(px, kPixelDecimals); };
  return {{"translation_mm", ListOf(pose->translation_mm, kPoseDecimals)},
          {"rotation_rad", ListOf(pose->rotation_rad, kPoseDecimals)},
          {"camera",
           {{"fx", rounded(fx)}, {"fy", rounded(fy)}, {"cx", rounded(cx)}, {"cy", rounded(cy)}}}};
}

void AddSignals(Json& object, const FaceSignals& signals) {
  for (size_t i = 0; i < kSignals; ++i) {
    const std::string name(SignalInfos()[i].name);
    object["signals"][name] = RoundedTo(signals.values[i], SignalInfos()[i].decimals);
    object["signal_confidence"][name] = RoundedTo(signals.confidence[i], kConfidenceDecimals);
  }
  if (!signals.blink) return;
  object["blink"] = {{"start", RoundedTo(signals.blink->start_s, kTimeDecimals)},
                     {"end", RoundedTo(signals.blink->end_s, kTimeDecimals)},
                     {"depth", RoundedTo(signals.blink->depth, kConfidenceDecimals)}};
}

Json FaceObject(const TrackedFace& face, bool signals) {
  const RectF& box = face.box.rect;
  Json object;
  object["id"] = face.id;
  object["confidence"] = RoundedTo(face.confidence, kConfidenceDecimals);
  object["box"] = ListOf(std::array{box.x, box.y, box.width, box.height}, kPixelDecimals);
  if (!face.landmarks.Empty()) object["points"] = Json::array();
  for (const Point2f& p : face.landmarks.points_px) {
    object["points"].push_back(ListOf(std::array{p.x, p.y}, kPixelDecimals));
  }
  if (!face.landmarks.confidence.empty()) {
    object["point_confidence"] = ListOf(face.landmarks.confidence, kConfidenceDecimals);
  }
  if (!face.landmarks.expected_error_px.empty()) {
    object["point_expected_error_px"] = ListOf(face.landmarks.expected_error_px, kPixelDecimals);
  }
  object["pose"] = PoseObject(face.pose);
  for (const Point3& p : face.points_mm) {
    object["points_mm"].push_back({RoundedTo(p[0], kMillimeterDecimals),
                                   RoundedTo(p[1], kMillimeterDecimals),
                                   RoundedTo(p[2], kMillimeterDecimals)});
  }
  if (signals && face.signals) AddSignals(object, *face.signals);
  return object;
}

Json FaceList(const TrackResult& result, bool signals) {
  Json faces = Json::array();
  for (const TrackedFace& face : result.faces) faces.push_back(FaceObject(face, signals));
  return faces;
}

}  // namespace

std::string JsonLine(const TrackResult& result, std::string_view file_name,
                     const JsonOptions& options, std::optional<double> unix_time_s) {
  Json object;
  object["file"] = file_name;
  object["frame"] = result.frame_id;
  object["timestamp"] = RoundedTo(result.pts_s, kTimeDecimals);
  if (options.unix_time) object["unix_time"] = nullptr;
  if (options.unix_time && unix_time_s)
    object["unix_time"] = RoundedTo(*unix_time_s, kTimeDecimals);
  object["faces"] = FaceList(result, options.signals);
  return JsonText(object) + '\n';
}

void WritePictureJson(const std::filesystem::path& path, const PictureRecord& record) {
  Json object;
  object["picture"] = record.picture;
  object["overlay"] = record.overlay;
  object["overlay_mirrored"] = record.overlay_mirrored;
  object["taken_at"] = record.taken_at;
  object["source"] = record.source;
  object["frame"] = record.result.frame_id;
  object["timestamp"] = RoundedTo(record.result.pts_s, kTimeDecimals);
  object["width"] = record.size_px.width;
  object["height"] = record.size_px.height;
  object["model"] = record.model;
  object["schema"] = record.schema;
  object["faces"] = FaceList(record.result, /*signals=*/true);
  TextOutput file(path);
  file.Write(JsonText(object, 1) + '\n');
  file.Finish();
}

}  // namespace nosetip
