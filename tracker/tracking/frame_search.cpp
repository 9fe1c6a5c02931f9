// The part of a tracker's frame that searches it for faces.
#include <algorithm>
#include <array>
#include <utility>

#include "tracker/core/crop.h"
#include "tracker/core/face.h"
#include "tracker/tracking/frame_step.h"
#include "tracker/tracking/tracker.h"
#include "tracker/vision/image_ops.h"

namespace nosetip {
namespace {

// A detection this near to where a face was lost is that face, moved: overlap of doubled boxes.
constexpr float kNearIou = 0.25F;

// Where the picture as it is shows no face, it is searched turned to both sides, by the next angle
// where that shows none either, in the first such frame and then now and then, as it takes up to
// four more searches. The detector finds nearly all faces that lean by up to 20 degrees, four of
// five that lean by 40.
constexpr std::array kTurnedSearchRad = {0.785F, 1.571F};  // 45 and 90 degrees
constexpr int kTurnedSearchInterval = 5;

}  // namespace

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
  std::vector<FacePlace> places;
  for (const FaceBox& detection : detections) places.push_back({detection.rect});
  AddSeeds(places);
}

void FrameStep::AddSeeds(std::span<const FacePlace> places) {
  std::vector<RectF> lost_areas;
  std::vector<RectF> found_areas;
  for (const LostFace& face : lost_) lost_areas.push_back(SquareAround(face.box, 2.0F));
  for (const FacePlace& place : places) found_areas.push_back(SquareAround(place.box, 2.0F));
  std::vector<std::optional<int>> ids(places.size());
  for (const auto& [l, p] : MatchByOverlap(lost_areas, found_areas, kNearIou)) {
    ids[p] = lost_[l].id;
    seeds_.push_back({places[p], ids[p]});
  }
  for (size_t p = 0; p < places.size() && HasRoom(); ++p) {
    if (!ids[p]) seeds_.push_back({places[p], std::nullopt});
  }
}

bool FrameStep::TurnedSearchIsDue() {
  if (!memory_.landmarker->WantsUprightFaces()) return false;
  if (!memory_.tracks.empty()) {
    memory_.frames_without_face = 0;
    return false;
  }
  return memory_.frames_without_face++ % kTurnedSearchInterval == 0;
}

void FrameStep::SearchTurned() {
  for (const float turn : kTurnedSearchRad) {
    SearchTurned(turn);
    Settle();
    if (!memory_.tracks.empty()) break;
  }
}

void FrameStep::SearchTurned(float turn_rad) {
  const Point2f middle = WholePicture(image_).Center();
  const auto side = static_cast<float>(std::max(image_.width_px, image_.height_px));
  std::vector<FacePlace> places;
  for (const float roll : {turn_rad, -turn_rad}) {
    const StageTimer timer(timings_.detect_ms);
    const TurnedView view = CutTurned(image_, middle, side, roll);
    for (const FaceBox& face : WithLandmarkBoxes(memory_.detector->Detect(view.picture))) {
      if (face.rect.Area() <= 0.0F) continue;
      places.push_back({MovedAs(face.rect, view.frame_from_view), roll});
    }
  }
  // A detector finds a face that stands on its head as well, of which the points are less sure.
  AddSeeds(SurestOf(places));
}

std::vector<FacePlace> FrameStep::SurestOf(const std::vector<FacePlace>& places) {
  struct Located {
    FacePlace place;
    float confidence;
  };
  std::vector<Located> located;
  for (const FaceTrack& track : LocateTwice(places)) {
    const bool usable = IsUsable(track, image_);
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
  const auto same_seed = [&](const Seed& seed) { return same(seed.place); };
  return std::any_of(memory_.tracks.begin(), memory_.tracks.end(), same) ||
         std::any_of(seeds_.begin(), seeds_.end(), same_seed);
}

}  // namespace nosetip
