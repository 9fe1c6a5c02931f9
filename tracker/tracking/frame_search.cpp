#include "tracker/tracking/frame_search.h"

#include <algorithm>
#include <functional>

#include "tracker/core/crop.h"

namespace nosetip {
namespace {

// A detection this near to where a face was lost is that face, moved: overlap of doubled boxes.
constexpr float kNearIou = 0.25F;

// A turned search takes up to four more detector runs, so without a face it runs in the first such
// frame and then only once in this many.
constexpr int kTurnedSearchInterval = 5;

}  // namespace

void FrameSearch::Run(std::optional<std::vector<FaceBox>> detections) {
  ++memory_.frames_since_search;
  auto offered = std::exchange(memory_.offered, std::nullopt);
  if (detections) {
    Use(std::move(*detections));
  } else if (IsDue()) {
    Use(locator_.Detect());
  } else if (offered) {
    Use(std::move(*offered));
  }
}

size_t FrameSearch::KnownFaces() const {
  const auto further = std::ranges::count_if(seeds_, [&](const Seed& seed) {
    return std::ranges::none_of(memory_.tracks,
                                [&](const FaceTrack& track) { return track.id == seed.id; });
  });
  return memory_.tracks.size() + static_cast<size_t>(further);
}

bool FrameSearch::HasRoom() const { return KnownFaces() < static_cast<size_t>(memory_.max_faces); }

bool FrameSearch::IsDue() const {
  if (KnownFaces() == 0 || !lost_.empty()) return true;
  return memory_.further_faces == FurtherFaces::kSearched && HasRoom() &&
         memory_.frames_since_search >= memory_.options.detect_interval;
}

void FrameSearch::Use(std::vector<FaceBox> detections) {
  memory_.frames_since_search = 0;
  detections = WithLandmarkBoxes(std::move(detections));
  ConfirmBy(detections);
  std::erase_if(detections,
                [&](const FaceBox& d) { return IsKnown(d.rect) || !locator_.IsInRegion(d.rect); });
  if (memory_.options.FollowsLargest()) KeepLarger(detections);
  std::vector<FacePlace> places;
  for (const FaceBox& detection : detections) places.push_back({detection.rect});
  AddSeeds(places, /*counts_left_out=*/true);
}

void FrameSearch::KeepLarger(std::vector<FaceBox>& detections) const {
  std::ranges::stable_sort(detections, std::ranges::greater(),
                           [](const FaceBox& face) { return face.rect.Area(); });
  std::erase_if(detections, [&](const FaceBox& face) {
    return !memory_.tracks.empty() && !IsMuchLarger(face.rect, memory_.tracks.front().box);
  });
}

void FrameSearch::AddSeeds(std::span<const FacePlace> places, bool counts_left_out) {
  std::vector<RectF> lost_areas;
  std::vector<RectF> found_areas;
  for (const LostFace& face : lost_) lost_areas.push_back(SquareAround(face.box, 2.0F));
  for (const FacePlace& place : places) found_areas.push_back(SquareAround(place.box, 2.0F));
  std::vector<std::optional<int>> ids(places.size());
  for (const auto& [l, p] : MatchByOverlap(lost_areas, found_areas, kNearIou)) {
    ids[p] = lost_[l].id;
    seeds_.push_back({places[p], ids[p], std::nullopt});
  }
  for (size_t p = 0; p < places.size(); ++p) {
    if (ids[p]) continue;
    if (HasRoom()) {
      seeds_.push_back({places[p], std::nullopt, std::nullopt});
    } else if (counts_left_out && !memory_.options.FollowsLargest()) {
      ++memory_.left_out;
    }
  }
}

bool FrameSearch::TurnedIsDue() {
  if (!memory_.landmarker->WantsUprightFaces()) return false;
  if (AnyHasPoints(memory_.tracks)) {
    memory_.frames_without_face = 0;
    return false;
  }
  return memory_.frames_without_face++ % kTurnedSearchInterval == 0;
}

void FrameSearch::RunTurned(float turn_rad) {
  // A detector also finds a face that is upside down, whose points are less sure.
  AddSeeds(SurestOf(locator_.DetectTurned(turn_rad)), /*counts_left_out=*/memory_.tracks.empty());
}

std::vector<FacePlace> FrameSearch::SurestOf(const std::vector<FacePlace>& places) {
  struct Located {
    FacePlace place;
    float confidence;
  };
  std::vector<Located> located;
  for (const FaceTrack& track : locator_.LocateTwice(places)) {
    const bool usable = IsUsable(track, locator_.image());
    located.push_back({places[located.size()], usable ? MeanConfidence(track.landmarks) : 0.0F});
  }
  std::ranges::stable_sort(located, std::ranges::greater(), &Located::confidence);
  std::vector<FacePlace> surest;
  for (const Located& face : located) {
    const bool again = std::ranges::any_of(surest, [&](const FacePlace& surer) {
      return IntersectionOverUnion(surer.box, face.place.box) >= kSameFaceIou;
    });
    if (!again) surest.push_back(face.place);
  }
  return surest;
}

void FrameSearch::ConfirmBy(const std::vector<FaceBox>& detections) {
  std::vector<RectF> followed;
  std::vector<RectF> found;
  for (const FaceTrack& track : memory_.tracks) followed.push_back(track.box);
  for (const FaceBox& detection : detections) found.push_back(detection.rect);
  for (const auto& [t, d] : MatchByOverlap(followed, found, kSameFaceIou)) {
    FaceTrack& track = memory_.tracks[t];
    if (Agreement(track.box, found[d]) < kMinTrust) continue;
    track.detector_score = detections[d].score;
    track.frames_since_confirmed = 0;
  }
}

bool FrameSearch::IsKnown(const RectF& box) const {
  const auto is_same = [&](const RectF& other) {
    return IntersectionOverUnion(other, box) >= kSameFaceIou;
  };
  return std::ranges::any_of(memory_.tracks, is_same, &FaceTrack::box) ||
         std::ranges::any_of(seeds_, is_same, [](const Seed& seed) { return seed.place.box; });
}

}  // namespace nosetip
