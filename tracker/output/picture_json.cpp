#include "tracker/output/picture_json.h"

#include "tracker/output/json_writers.h"
#include "tracker/output/number_text.h"
#include "tracker/output/text_output.h"

namespace nosetip {

void WritePictureJson(const std::filesystem::path& path, const PictureRecord& record) {
  constexpr int kTimeDecimals = 6;
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
  object["faces"] = FaceList(record.result);
  TextOutput file(path);
  // Names of sources need not be UTF-8; odd bytes are replaced rather than refused.
  file.Write(object.dump(1, ' ', false, Json::error_handler_t::replace) + '\n');
  file.Finish();
}

}  // namespace nosetip
