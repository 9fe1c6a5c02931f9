// Pictures of the moments in which faces of a clip did most.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/image.h"

namespace nosetip {

struct ExtremeMoment {
  std::string what;  // "Widest smile"
  std::string value;
  int face_id = 0;
  int64_t frame_id = 0;
  double pts_s = 0.0;
  Image picture;  // the face
};

// Keeps one picture each of the widest smile, the most open mouth, the head that is turned and
// raised or lowered most, and the longest blink, over all faces. The most extreme frame with points
// counts, however sure they are.
class Extremes {
 public:
  // `picture` is the frame; it is only called where it is needed.
  void Add(const TrackResult& result, const std::function<const Image&()>& picture);

  // Those that there are.
  std::vector<ExtremeMoment> Moments() const;

 private:
  static constexpr size_t kKinds = 4;
  struct Record {
    float value = 0.0F;
    ExtremeMoment moment;
  };
  // A face whose eyes are shutting, at the lowest so far.
  struct Shutting {
    float openness = 1.0F;
    ExtremeMoment moment;
  };

  static float ValueOf(size_t kind, const FaceSignals& signals);
  bool IsLower(const TrackedFace& face) const;
  void FollowBlink(const TrackResult& result, const TrackedFace& face,
                   const std::function<const Image&()>& picture);

  std::array<std::optional<Record>, kKinds> records_;
  std::map<int, Shutting> shutting_;
  std::optional<Record> longest_blink_;
};

}  // namespace nosetip
