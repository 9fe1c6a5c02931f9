#include "tracker/stream/live_results.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "tracker/core/json_text.h"
#include "tracker/output/json_writers.h"
#include "tracker/vision/image_ops.h"

namespace nosetip {
namespace {

constexpr int kJpegQuality = 80;

TrackResult ResultOf(const StreamFrame& frame) {
  TrackResult result;
  result.frame_id = frame.frame_id;
  result.pts_s = frame.pts_s;
  result.faces = frame.faces;
  return result;
}

}  // namespace

const std::string& LiveResult::Json() {
  if (!json_) {
    json_ = JsonLine(ResultOf(*frame_), frame_->source, {.signals = true});
    json_->pop_back();
  }
  return *json_;
}

const std::string& LiveResult::Jpeg() {
  if (!jpeg_) {
    const std::vector<uint8_t> bytes = JpegOf(frame_->picture->image, kJpegQuality);
    jpeg_.emplace(bytes.begin(), bytes.end());
  }
  return *jpeg_;
}

std::string LiveResult::FormatJson() const {
  return JsonText(nlohmann::ordered_json{{"width", frame_->size_px.width},
                                         {"height", frame_->size_px.height},
                                         {"edges", frame_->schema->edges}});
}

void LiveResults::Offer(StreamFramePtr frame) {
  const std::lock_guard lock(mutex_);
  newest_ = std::make_shared<LiveResult>(++offered_, std::move(frame));
}

std::shared_ptr<LiveResult> LiveResults::Newest() const {
  const std::lock_guard lock(mutex_);
  return newest_;
}

}  // namespace nosetip
