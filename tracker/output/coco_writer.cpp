#include "tracker/output/coco_writer.h"

#include <cstddef>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tracker/core/json_text.h"
#include "tracker/output/number_text.h"

namespace nosetip {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kVisible = 2;

Json Keypoints(const Landmarks& landmarks, int count) {
  Json list = Json::array();
  if (landmarks.Empty()) return Json(std::vector<int>(3 * static_cast<size_t>(count), 0));
  for (const Point2f& p : landmarks.points_px) {
    list.push_back(RoundedTo(p.x, kPixelDecimals));
    list.push_back(RoundedTo(p.y, kPixelDecimals));
    list.push_back(kVisible);
  }
  return list;
}

Json Annotation(const TrackedFace& face, int count) {
  const RectF& box = face.box.rect;
  Json object;
  object["category_id"] = 1;
  object["bbox"] = Json::array();
  for (const float value : {box.x, box.y, box.width, box.height}) {
    object["bbox"].push_back(RoundedTo(value, kPixelDecimals));
  }
  object["area"] = RoundedTo(box.width * box.height, kPixelDecimals);
  object["iscrowd"] = 0;
  object["keypoints"] = Keypoints(face.landmarks, count);
  object["num_keypoints"] = face.landmarks.points_px.size();
  object["track_id"] = face.id;
  object["score"] = RoundedTo(face.confidence, kConfidenceDecimals);
  return object;
}

// "jaw_1" ... of the schema's parts.
Json NamesOf(const LandmarkSchema& schema) {
  Json names = Json::array();
  for (int i = 0; i < schema.count; ++i) names.push_back(fmt::format("point_{}", i + 1));
  for (const LandmarkPart& part : schema.parts) {
    for (int i = part.first; i <= part.last; ++i) {
      names[static_cast<size_t>(i)] = fmt::format("{}_{}", part.name, i - part.first + 1);
    }
  }
  return names;
}

Json Category(const LandmarkSchema& schema) {
  Json skeleton = Json::array();
  for (const auto& [a, b] : schema.edges) skeleton.push_back({a + 1, b + 1});
  return {{"id", 1},
          {"name", "face"},
          {"supercategory", "person"},
          {"keypoints", NamesOf(schema)},
          {"skeleton", skeleton}};
}

}  // namespace

CocoWriter::CocoWriter(const std::filesystem::path& path, const LandmarkSchema& schema)
    : schema_(schema), file_(path) {
  file_.Write("{\"annotations\": [");
}

void CocoWriter::Write(std::string_view file_name, SizePx size_px, const TrackResult& result) {
  const Json image = {{"id", ++image_id_},
                      {"file_name", file_name},
                      {"width", size_px.width},
                      {"height", size_px.height}};
  images_ += (images_.empty() ? "\n" : ",\n") + JsonText(image);
  for (const TrackedFace& face : result.faces) {
    Json annotation = {{"id", ++annotation_id_}, {"image_id", image_id_}};
    annotation.update(Annotation(face, schema_.count));
    file_.Write((annotation_id_ == 1 ? "\n" : ",\n") + JsonText(annotation));
  }
}

void CocoWriter::Finish() {
  file_.Write(fmt::format("],\n\"images\": [{}],\n\"categories\": [{}]}}\n", images_,
                          JsonText(Category(schema_))));
  file_.Finish();
}

}  // namespace nosetip
