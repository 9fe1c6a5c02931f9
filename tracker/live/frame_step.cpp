#include "tracker/live/frame_step.h"

#include <algorithm>
#include <utility>

#include "tracker/core/confidence.h"
#include "tracker/core/error.h"
#include "tracker/live/stage_timer.h"

namespace nosetip {
namespace {

// A followed face is looked for in twice its box, where it is about 85 px high: YuNet then finds
// every one of 669 faces of 300-W, and scores none below 0.72.
constexpr float kConfirmRegion = 2.0F;
constexpr int kConfirmInputPx = 128;
// A face located this far from its crop's middle is located again from where it is.
constexpr float kOffCenterIou = 0.6F;
// Boxes that overlap by more than this are of one face, when one is a detection.
constexpr float kSameFaceIou = 0.3F;
// A detection this near to where a face was lost is that face, moved: overlap of doubled boxes.
constexpr float kNearIou = 0.25F;

std::vector<FaceBox> WithLandmarkBoxes(std::vector<FaceBox> detections) {
  for (FaceBox& detection : detections) {
    detection.rect = LandmarkBoxFromDetection(detection.rect);
  }
  return detections;
}

}  // namespace

StageTimings FrameStep::Run(std::optional<std::vector<FaceBox>> found) {
  const std::vector<Followed> followed = Follow();
  memory_.tracks.clear();
  Confirm(followed);
  ++memory_.frames_since_search;
  auto offered = std::exchange(memory_.offered, std::nullopt);
  if (found) {
    Consider(std::move(*found));
  } else if (SearchIsDue()) {
    Search();
  } else if (offered) {
    Consider(std::move(*offered));
  }
  Settle();
  DropDuplicates();
  return timings_;
}

std::vector<Landmarks> FrameStep::Locate(std::span<const RectF> boxes) {
  if (boxes.empty()) return {};
  const StageTimer timer(timings_.landmark_ms);
  std::vector<Landmarks> located = memory_.landmarker->Locate(image_, boxes);
  timings_.crop_ms += memory_.landmarker->last_crop_ms();
  Check(located.size() == boxes.size(), "landmarks for each box");
  return located;
}

std::vector<FrameStep::Followed> FrameStep::Follow() {
  std::vector<RectF> boxes;
  for (const FaceTrack& track : memory_.tracks) boxes.push_back(PredictedBox(track));
  std::vector<Landmarks> located = Locate(boxes);
  std::vector<Followed> followed;
  for (size_t i = 0; i < boxes.size(); ++i) {
    followed.push_back({MovedTo(memory_.tracks[i], std::move(located[i])), boxes[i], 0.0F});
  }
  LocateOffCenterAgain(followed);
  for (size_t i = 0; i < followed.size(); ++i) {
    Followed& face = followed[i];
    if (IsUsable(face.track, image_)) {
      face.continuity = Continuity(memory_.tracks[i], face.track);
    }
  }
  return followed;
}

void FrameStep::LocateOffCenterAgain(std::vector<Followed>& followed) {
  std::vector<size_t> which;
  std::vector<RectF> boxes;
  for (size_t i = 0; i < followed.size(); ++i) {
    const Followed& face = followed[i];
    if (!IsUsable(face.track, image_)) continue;
    if (IntersectionOverUnion(face.track.box, face.expected) >= kOffCenterIou) continue;
    which.push_back(i);
    boxes.push_back(face.track.box);
  }
  std::vector<Landmarks> located = Locate(boxes);
  for (size_t i = 0; i < which.size(); ++i) {
    followed[which[i]].track = MovedTo(memory_.tracks[which[i]], std::move(located[i]));
  }
}

void FrameStep::Confirm(const std::vector<Followed>& followed) {
  std::vector<RectF> places;
  for (const Followed& face : followed) places.push_back(face.Whereabouts());
  for (const Followed& face : followed) {
    FaceTrack track = face.track;
    if (MeanConfidence(track.landmarks) < kLeastOfAFace) {
      lost_.push_back({track.id, face.expected});
      continue;
    }
    if (!IsToConfirm(face)) {
      track.trust = face.continuity;
      memory_.tracks.push_back(std::move(track));
      continue;
    }
    const std::optional<FaceBox> detection = FindAround(face.Whereabouts(), places);
    if (!detection) {
      lost_.push_back({track.id, face.expected});
      continue;
    }
    const float agreement = Agreement(track.box, detection->rect);
    if (face.continuity >= kLeastTrust && agreement >= kLeastTrust) {
      Accept(std::move(track), *detection, agreement);
    } else {
      seeds_.push_back({detection->rect, track.id});
    }
  }
}

bool FrameStep::IsToConfirm(const Followed& face) const {
  if (face.continuity < kLeastTrust) return true;
  // A model that does not say how sure it is looks the same where there is no face.
  const Landmarks& landmarks = face.track.landmarks;
  if (landmarks.confidence.empty() || MeanConfidence(landmarks) < kSureOfAFace) return true;
  return face.track.frames_since_confirmed >= memory_.options.confirm_interval;
}

void FrameStep::Accept(FaceTrack track, const FaceBox& detection, float agreement) {
  track.detector_score = detection.score;
  track.trust = agreement;
  track.frames_since_confirmed = 0;
  // Points that bound nothing do not tell the face's size; the detector does.
  if (track.landmarks.points_px.size() < kPointsThatBound) track.box = detection.rect;
  memory_.tracks.push_back(std::move(track));
}

std::optional<FaceBox> FrameStep::FindAround(const RectF& place, std::span<const RectF> others) {
  std::vector<FaceBox> detections;
  {
    const StageTimer timer(timings_.detect_ms);
    detections = WithLandmarkBoxes(
        memory_.detector->DetectIn(image_, SquareAround(place, kConfirmRegion), kConfirmInputPx,
                                   memory_.options.confirm_score));
  }
  std::optional<FaceBox> best;
  float best_iou = kSameFaceIou;
  for (const FaceBox& detection : detections) {
    const float iou = IntersectionOverUnion(detection.rect, place);
    const bool is_anothers = std::any_of(others.begin(), others.end(), [&](const RectF& other) {
      return IntersectionOverUnion(detection.rect, other) > iou;
    });
    if (iou < best_iou || is_anothers) continue;
    best = detection;
    best_iou = iou;
  }
  return best;
}

bool FrameStep::HasRoom() const {
  return KnownFaces() < static_cast<size_t>(memory_.options.max_faces);
}

bool FrameStep::SearchIsDue() const {
  if (KnownFaces() == 0 || !lost_.empty()) return true;
  return memory_.further_faces == FurtherFaces::kSearched && HasRoom() &&
         memory_.frames_since_search >= memory_.options.detect_interval;
}

void FrameStep::Search() {
  std::vector<FaceBox> detections;
  {
    const StageTimer timer(timings_.detect_ms);
    detections = memory_.detector->Detect(image_);
  }
  Consider(std::move(detections));
}

void FrameStep::Consider(std::vector<FaceBox> detections) {
  memory_.frames_since_search = 0;
  detections = WithLandmarkBoxes(std::move(detections));
  ConfirmBy(detections);
  std::erase_if(detections, [&](const FaceBox& d) { return IsKnown(d.rect); });
  std::vector<RectF> lost_areas;
  std::vector<RectF> found_areas;
  for (const LostFace& face : lost_) lost_areas.push_back(SquareAround(face.box, 2.0F));
  for (const FaceBox& d : detections) found_areas.push_back(SquareAround(d.rect, 2.0F));
  std::vector<std::optional<int>> ids(detections.size());
  for (const auto& [l, d] : MatchByOverlap(lost_areas, found_areas, kNearIou)) {
    ids[d] = lost_[l].id;
    seeds_.push_back({detections[d].rect, ids[d]});
  }
  for (size_t d = 0; d < detections.size() && HasRoom(); ++d) {
    if (!ids[d]) seeds_.push_back({detections[d].rect, std::nullopt});
  }
}

void FrameStep::ConfirmBy(const std::vector<FaceBox>& detections) {
  std::vector<RectF> followed;
  std::vector<RectF> found;
  for (const FaceTrack& track : memory_.tracks) followed.push_back(track.box);
  for (const FaceBox& detection : detections) found.push_back(detection.rect);
  for (const auto& [t, d] : MatchByOverlap(followed, found, kSameFaceIou)) {
    FaceTrack& track = memory_.tracks[t];
    if (Agreement(track.box, found[d]) < kLeastTrust) continue;
    track.detector_score = detections[d].score;
    track.frames_since_confirmed = 0;
  }
}

bool FrameStep::IsKnown(const RectF& box) const {
  const auto same = [&](const auto& face) {
    return IntersectionOverUnion(face.box, box) >= kSameFaceIou;
  };
  return std::any_of(memory_.tracks.begin(), memory_.tracks.end(), same) ||
         std::any_of(seeds_.begin(), seeds_.end(), same);
}

void FrameStep::Settle() {
  std::vector<FaceTrack> located = LocateTwice();
  for (size_t i = 0; i < seeds_.size(); ++i) {
    FaceTrack& track = located[i];
    if (!IsUsable(track, image_) || Agreement(track.box, seeds_[i].box) < kLeastTrust) continue;
    if (MeanConfidence(track.landmarks) < kLeastOfANewFace) continue;
    // A detector may see a face in what fills the frame, but then not again in the middle of what
    // it looks at.
    const std::optional<FaceBox> confirmed = FindAround(track.box, {});
    if (!confirmed) continue;
    const float agreement = Agreement(track.box, confirmed->rect);
    if (agreement < kLeastTrust) continue;
    track.id = seeds_[i].id ? *seeds_[i].id : memory_.next_id++;
    Accept(std::move(track), *confirmed, agreement);
  }
  std::sort(memory_.tracks.begin(), memory_.tracks.end(),
            [](const FaceTrack& a, const FaceTrack& b) { return a.id < b.id; });
}

// A detector's box bounds the landmarks only roughly; the first landmarks bound them well.
std::vector<FaceTrack> FrameStep::LocateTwice() {
  std::vector<FaceTrack> tracks(seeds_.size());
  std::vector<RectF> boxes;
  for (const Seed& seed : seeds_) boxes.push_back(seed.box);
  for (int round = 0; round < 2; ++round) {
    std::vector<Landmarks> located = Locate(boxes);
    for (size_t i = 0; i < tracks.size(); ++i) {
      tracks[i].landmarks = std::move(located[i]);
      tracks[i].box = BoxAround(tracks[i].landmarks, seeds_[i].box);
      if (IsUsable(tracks[i], image_)) boxes[i] = tracks[i].box;
    }
  }
  return tracks;
}

// Of two tracks that have ended up on one face, the older one stays.
void FrameStep::DropDuplicates() {
  std::vector<FaceTrack> kept;
  for (FaceTrack& track : memory_.tracks) {
    const bool again = std::any_of(kept.begin(), kept.end(), [&](const FaceTrack& older) {
      return AreOnSameFace(older, track);
    });
    if (!again) kept.push_back(std::move(track));
  }
  memory_.tracks = std::move(kept);
}

}  // namespace nosetip
