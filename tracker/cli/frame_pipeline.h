// The stages of a run at the same time, each on another frame.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/frame.h"

namespace nosetip {

// What happens to each frame. `track` runs on the caller's thread, each other stage on one of its
// own; none runs twice at once.
struct FrameStages {
  using Found = std::optional<std::vector<FaceBox>>;
  std::function<FramePtr()> read;             // null at the end
  std::function<Found(const Frame&)> search;  // the whole frame, where it is to be
  std::function<TrackResult(const Frame&, Found)> track;
  std::function<std::optional<Image>(const Frame&, const TrackResult&)> draw;
  std::function<void(const Frame&, const TrackResult&, std::optional<Image> drawn)> write;
};

// Each stage gets all frames in order, so what is written does not depend on who is ahead; a few
// frames wait between two stages. Returns when all that was read is written. After a stop no
// further frame is tracked, and those that were are written. Where a stage throws, the frames ahead
// of it are written, those behind it are dropped, and the first exception is thrown here.
void RunFrames(const FrameStages& stages, const std::stop_token& stop);

}  // namespace nosetip
