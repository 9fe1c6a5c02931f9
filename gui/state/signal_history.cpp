#include "gui/state/signal_history.h"

#include <algorithm>

#include "tracker/signals/neutral_face.h"

namespace nosetip {
namespace {

constexpr float kMuchLarger = 2.0F;  // in area

float AreaOf(const TrackedFace& face) { return face.box.rect.width * face.box.rect.height; }

}  // namespace

void SignalHistory::Add(const LiveFrame& live) {
  const TrackResult& result = live.result;
  const bool follows = live.run == run_ && live.schema == schema_ && result.pts_s >= now_s_;
  if (!follows) *this = SignalHistory();
  run_ = live.run;
  schema_ = live.schema;
  now_s_ = result.pts_s;
  if (const TrackedFace* face = Choose(result)) {
    if (face->id != face_id_) Follow(face->id);
    if (face->signals) Add(*face->signals);
  }
  while (!samples_.empty() && samples_.front().time_s < now_s_ - kTrace_s) samples_.pop_front();
  while (!blink_ends_s_.empty() && blink_ends_s_.front() < now_s_ - kRate_s) {
    blink_ends_s_.pop_front();
  }
}

const TrackedFace* SignalHistory::Choose(const TrackResult& result) const {
  const TrackedFace* followed = nullptr;
  const TrackedFace* largest = nullptr;
  for (const TrackedFace& face : result.faces) {
    if (face.id == face_id_) followed = &face;
    if (!face.signals) continue;
    if (largest == nullptr || AreaOf(face) > AreaOf(*largest)) largest = &face;
  }
  if (followed == nullptr) return largest;
  if (largest == nullptr) return followed;
  return AreaOf(*largest) > kMuchLarger * AreaOf(*followed) ? largest : followed;
}

void SignalHistory::Follow(int face_id) {
  face_id_ = face_id;
  followed_since_s_ = learning_since_s_ = now_s_;
  samples_.clear();
  blink_ends_s_.clear();
  blinks_ = 0;
}

void SignalHistory::Add(const FaceSignals& signals) {
  samples_.push_back({now_s_, signals});
  if (!signals.blink) return;
  ++blinks_;
  blink_ends_s_.push_back(signals.blink->end_s);
}

const FaceSignals* SignalHistory::Latest() const {
  const bool is_seen = !samples_.empty() && samples_.back().time_s == now_s_;
  return is_seen ? &samples_.back().signals : nullptr;
}

bool SignalHistory::IsLearning() const {
  return face_id_ && now_s_ - learning_since_s_ < NeutralFace::kLearn_s;
}

std::optional<double> SignalHistory::BlinksPerMinute() const {
  const double seconds = std::min(now_s_ - followed_since_s_, kRate_s);
  if (!face_id_ || seconds < kLeastRate_s) return std::nullopt;
  return 60.0 * static_cast<double>(blink_ends_s_.size()) / seconds;
}

}  // namespace nosetip
