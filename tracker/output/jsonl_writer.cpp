#include "tracker/output/jsonl_writer.h"

#include <string>

#include "tracker/output/json_writers.h"
#include "tracker/output/number_text.h"

namespace nosetip {
namespace {

constexpr int kTimeDecimals = 6;

}  // namespace

void JsonlWriter::Write(const TrackResult& result, std::string_view file_name) {
  Json object;
  object["file"] = file_name;
  object["frame"] = result.frame_id;
  object["timestamp"] = RoundedTo(result.pts_s, kTimeDecimals);
  object["faces"] = FaceList(result);
  // A file's name need not be UTF-8; its odd bytes are replaced rather than refused.
  file_.Write(object.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n');
}

}  // namespace nosetip
