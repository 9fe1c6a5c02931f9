// What the senders of live results get of each frame.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/geometry.h"
#include "tracker/core/image.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {

struct StreamFrame {
  FramePtr picture;
  SizePx size_px;
  std::string source;  // as in the rows of tables
  const LandmarkSchema* schema = nullptr;
  int64_t frame_id = 0;
  double pts_s = 0.0;
  std::vector<TrackedFace> faces;
};

// Shared by all senders.
using StreamFramePtr = std::shared_ptr<const StreamFrame>;

// `schema` must outlive the frame.
StreamFramePtr MakeStreamFrame(FramePtr picture, const TrackResult& result,
                               const LandmarkSchema& schema, std::string source);

// The largest face with points, for protocols of one face; null where there is none.
const TrackedFace* MainFace(const StreamFrame& frame);

}  // namespace nosetip
