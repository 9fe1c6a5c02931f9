#include "tracker/report/extremes.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/face_signals.h"
#include "tracker/vision/image_ops.h"

namespace nosetip {
namespace {

constexpr float kAroundFace = 1.7F;  // the side of the picture in sides of the face's box
constexpr SizePx kPicture_px{240, 240};

struct Kind {
  const char* what;
  Signal signal;
  float least;  // that is worth a picture
  bool degrees = false;
};

constexpr Kind kKindsOfMoments[] = {
    {"Widest smile", Signal::kSmile, 0.2F},
    {"Mouth open widest", Signal::kMouthOpen, 0.1F},
    {"Head turned most", Signal::kHeadYaw, 3.0F, true},
    {"Head raised or lowered most", Signal::kHeadPitch, 3.0F, true},
};

float EyesOpen(const FaceSignals& signals) {
  return 0.5F * (signals[Signal::kEyeOpenRight] + signals[Signal::kEyeOpenLeft]);
}

ExtremeMoment MomentOf(std::string what, const TrackResult& result, const TrackedFace& face,
                       const Image& picture) {
  const RectF& box = face.box.rect;
  const float side_px = std::max(8.0F, kAroundFace * LongerSide(box));
  return {std::move(what),
          "",
          face.id,
          result.frame_id,
          result.pts_s,
          Thumbnail(CutTurned(picture, box.Center(), side_px, 0.0F).picture, kPicture_px)};
}

}  // namespace

float Extremes::ValueOf(size_t kind, const FaceSignals& signals) {
  return std::abs(signals[kKindsOfMoments[kind].signal]);
}

bool Extremes::IsLower(const TrackedFace& face) const {
  const auto shutting = shutting_.find(face.id);
  const float lowest = shutting == shutting_.end() ? 0.5F : shutting->second.openness;
  return EyesOpen(*face.signals) < lowest;
}

void Extremes::Add(const TrackResult& result, const std::function<const Image&()>& picture) {
  for (const TrackedFace& face : result.faces) {
    if (!face.signals) continue;
    for (size_t kind = 0; kind < kKinds; ++kind) {
      const Kind& of = kKindsOfMoments[kind];
      const float value = ValueOf(kind, *face.signals);
      if (!(value > (records_[kind] ? records_[kind]->value : of.least))) continue;
      records_[kind] = Record{value, MomentOf(of.what, result, face, picture())};
      const float of_signal = (*face.signals)[of.signal];
      records_[kind]->moment.value =
          of.degrees ? fmt::format("{:.0f}°", of_signal) : fmt::format("{:.2f}", of_signal);
    }
    FollowBlink(result, face, picture);
  }
}

void Extremes::FollowBlink(const TrackResult& result, const TrackedFace& face,
                           const std::function<const Image&()>& picture) {
  const float openness = EyesOpen(*face.signals);
  if (IsLower(face)) {
    shutting_[face.id] = {openness, MomentOf("Longest blink", result, face, picture())};
  }
  const auto shutting = shutting_.find(face.id);
  if (shutting == shutting_.end()) return;
  if (const auto& blink = face.signals->blink) {
    const auto seconds = static_cast<float>(blink->Seconds());
    if (!longest_blink_ || seconds > longest_blink_->value) {
      longest_blink_ = Record{seconds, std::move(shutting->second.moment)};
      longest_blink_->moment.value = fmt::format("{:.2f} s", seconds);
    }
    shutting_.erase(shutting);
  } else if (openness > 0.8F) {
    shutting_.erase(shutting);
  }
}

std::vector<ExtremeMoment> Extremes::Moments() const {
  std::vector<ExtremeMoment> moments;
  for (const auto& record : records_) {
    if (record) moments.push_back(record->moment);
  }
  if (longest_blink_) moments.push_back(longest_blink_->moment);
  return moments;
}

}  // namespace nosetip
