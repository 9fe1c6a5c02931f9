#include "tracker/tracking/frame_step.h"

#include <algorithm>
#include <utility>

#include "tracker/core/crop.h"
#include "tracker/core/face.h"
#include "tracker/tracking/tracker.h"
#include "tracker/vision/image_ops.h"

namespace nosetip {
namespace {

// A followed face is looked for in twice its box, where it is about 85 px high: YuNet then finds
// every one of 669 faces of 300-W, and scores none below 0.72.
constexpr float kConfirmRegion = 2.0F;
constexpr int kConfirmInputPx = 128;
// A face located this far from its crop's middle is located again from where it is.
constexpr float kOffCenterIou = 0.6F;

}  // namespace

StageTimings FrameStep::Run(std::optional<std::vector<FaceBox>> found) {
  std::vector<Followed> followed = Follow();
  memory_.tracks.clear();
  Confirm(std::move(followed));
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
  if (TurnedSearchIsDue()) SearchTurned();
  DropDuplicates();
  return timings_;
}

std::vector<Landmarks> FrameStep::Locate(std::span<const FacePlace> places) {
  if (places.empty()) return {};
  const StageTimer timer(timings_.landmark_ms);
  LocatedFaces located = LocateAt(*memory_.landmarker, image_, places);
  timings_.crop_ms += located.crop_ms;
  return std::move(located.faces);
}

bool FrameStep::Leans(const FaceTrack& track) const {
  return memory_.landmarker->WantsUprightFaces() &&
         nosetip::Leans(track.landmarks, schema(), track.leans);
}

std::vector<FrameStep::Followed> FrameStep::Follow() {
  std::vector<FacePlace> places;
  places.reserve(memory_.tracks.size());
  for (FaceTrack& track : memory_.tracks) {
    track.leans = Leans(track);
    places.push_back(PredictedPlace(track, schema()));
  }
  std::vector<Landmarks> located = Locate(places);
  std::vector<Followed> followed;
  for (size_t i = 0; i < places.size(); ++i) {
    followed.push_back({MovedTo(memory_.tracks[i], std::move(located[i])), places[i]});
  }
  LocateOffCenterAgain(followed);
  for (size_t i = 0; i < followed.size(); ++i) {
    Followed& face = followed[i];
    if (!IsUsable(face.track, image_)) continue;
    face.continuity = Continuity(memory_.tracks[i], face.track);
    face.found = PlaceOf(face.track, schema());
  }
  return followed;
}

void FrameStep::LocateOffCenterAgain(std::vector<Followed>& followed) {
  std::vector<size_t> which;
  std::vector<FacePlace> places;
  for (size_t i = 0; i < followed.size(); ++i) {
    const Followed& face = followed[i];
    if (!IsUsable(face.track, image_)) continue;
    const FacePlace found = PlaceOf(face.track, schema());
    if (IntersectionOverUnion(found.box, face.expected.box) >= kOffCenterIou) continue;
    which.push_back(i);
    places.push_back(found);
  }
  std::vector<Landmarks> located = Locate(places);
  for (size_t i = 0; i < which.size(); ++i) {
    followed[which[i]].track = MovedTo(memory_.tracks[which[i]], std::move(located[i]));
  }
}

void FrameStep::Confirm(std::vector<Followed> followed) {
  std::vector<RectF> places;
  places.reserve(followed.size());
  for (const Followed& face : followed) places.push_back(face.Whereabouts().box);
  for (Followed& face : followed) {
    FaceTrack& track = face.track;
    if (MeanConfidence(track.landmarks) < kMinFaceConfidence) {
      lost_.push_back({track.id, face.expected.box});
      continue;
    }
    if (!IsToConfirm(face)) {
      track.trust = face.continuity;
      memory_.tracks.push_back(std::move(track));
      continue;
    }
    const std::optional<FaceBox> detection = FindAround(face.Whereabouts(), places);
    if (!detection) {
      lost_.push_back({track.id, face.expected.box});
      continue;
    }
    const float agreement = Agreement(face.found.box, detection->rect);
    if (face.continuity >= kLeastTrust && agreement >= kLeastTrust) {
      Accept(std::move(track), *detection, agreement);
    } else {
      seeds_.push_back({{detection->rect, face.Whereabouts().roll_rad}, track.id});
    }
  }
}

bool FrameStep::IsToConfirm(const Followed& face) const {
  if (face.continuity < kLeastTrust) return true;
  // A model that does not say how sure it is looks the same where there is no face.
  const Landmarks& landmarks = face.track.landmarks;
  if (landmarks.confidence.empty() || MeanConfidence(landmarks) < kSureFaceConfidence) return true;
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

std::vector<FaceBox> FrameStep::DetectAround(const FacePlace& place) {
  const StageTimer timer(timings_.detect_ms);
  const RectF region = SquareAround(place.box, kConfirmRegion);
  const float score = memory_.options.confirm_score;
  if (place.roll_rad == 0.0F) {
    return WithLandmarkBoxes(memory_.detector->DetectIn(image_, region, kConfirmInputPx, score));
  }
  const TurnedView view = CutTurned(image_, region.Center(), region.width, place.roll_rad);
  std::vector<FaceBox> detections = WithLandmarkBoxes(
      memory_.detector->DetectIn(view.picture, WholePicture(view.picture), kConfirmInputPx, score));
  for (FaceBox& detection : detections) {
    detection.rect = MovedAs(detection.rect, view.frame_from_view);
  }
  return detections;
}

std::optional<FaceBox> FrameStep::FindAround(const FacePlace& where,
                                             std::span<const RectF> others) {
  const std::vector<FaceBox> detections = DetectAround(where);
  const RectF& place = where.box;
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

void FrameStep::Settle() {
  std::vector<FacePlace> places;
  for (const Seed& seed : seeds_) places.push_back(seed.place);
  std::vector<FaceTrack> located = LocateTwice(places);
  for (size_t i = 0; i < seeds_.size(); ++i) {
    FaceTrack& track = located[i];
    if (!IsUsable(track, image_)) continue;
    const FacePlace place = PlaceOf(track, schema());
    if (Agreement(place.box, seeds_[i].place.box) < kLeastTrust) continue;
    if (MeanConfidence(track.landmarks) < kMinNewFaceConfidence) continue;
    // A detector may see a face in what fills the frame, but then not again in the middle of what
    // it looks at.
    const std::optional<FaceBox> confirmed = FindAround(place, {});
    if (!confirmed) continue;
    const float agreement = Agreement(place.box, confirmed->rect);
    if (agreement < kLeastTrust) continue;
    track.id = seeds_[i].id ? *seeds_[i].id : memory_.next_id++;
    Accept(std::move(track), *confirmed, agreement);
  }
  seeds_.clear();
  std::sort(memory_.tracks.begin(), memory_.tracks.end(),
            [](const FaceTrack& a, const FaceTrack& b) { return a.id < b.id; });
}

// A detector's box bounds the landmarks only roughly; the first landmarks bound them well.
std::vector<FaceTrack> FrameStep::LocateTwice(std::vector<FacePlace> places) {
  const std::vector<FacePlace> seen = places;
  std::vector<FaceTrack> tracks(places.size());
  for (int round = 0; round < 2; ++round) {
    std::vector<Landmarks> located = Locate(places);
    for (size_t i = 0; i < tracks.size(); ++i) {
      tracks[i].landmarks = std::move(located[i]);
      tracks[i].box = BoxAround(tracks[i].landmarks, seen[i].box);
      if (!IsUsable(tracks[i], image_)) continue;
      tracks[i].leans = Leans(tracks[i]);
      places[i] = PlaceOf(tracks[i], schema());
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
