#include "tracker/tracking/face_locator.h"

#include <algorithm>
#include <utility>

#include "tracker/core/crop.h"
#include "tracker/tracking/stage_timer.h"
#include "tracker/vision/image_ops.h"

namespace nosetip {
namespace {

// The detector looks for a followed face in twice its box, scaled so that the face is about 85 px
// high: YuNet then finds every one of 669 faces of 300-W, and scores none below 0.72.
constexpr float kConfirmRegion = 2.0F;
constexpr int kConfirmInputPx = 128;

// A face that is still this far from where it was looked for is located once more: of one that
// leans far the detector may see only a part.
constexpr float kSettledIou = 0.75F;

}  // namespace

std::vector<Landmarks> FaceLocator::Locate(std::span<const FacePlace> places) {
  if (places.empty()) return {};
  const StageTimer timer(timings_.landmark_ms);
  LocatedFaces located = LocateAt(*memory_.landmarker, image_, places);
  timings_.crop_ms += located.crop_ms;
  return std::move(located.faces);
}

// A detector's box bounds the landmarks only roughly; the first landmarks bound them well.
std::vector<FaceTrack> FaceLocator::LocateTwice(std::vector<FacePlace> places) {
  const std::vector<FacePlace> seen = places;
  std::vector<FacePlace> looked;
  std::vector<FaceTrack> tracks(places.size());
  for (int round = 0; round < 2; ++round) {
    std::vector<Landmarks> located = Locate(places);
    looked = places;
    for (size_t i = 0; i < tracks.size(); ++i) {
      tracks[i].landmarks = std::move(located[i]);
      tracks[i].box = BoxAround(tracks[i].landmarks, seen[i].box);
      if (!IsUsable(tracks[i], image_)) continue;
      tracks[i].leans = Leans(tracks[i]);
      places[i] = PlaceOf(tracks[i], schema());
    }
  }
  for (size_t i = 0; i < tracks.size(); ++i) {
    const bool settled = IntersectionOverUnion(places[i].box, looked[i].box) >= kSettledIou;
    if (!settled && IsUsable(tracks[i], image_)) LocateAgain(tracks[i]);
  }
  return tracks;
}

void FaceLocator::LocateAgain(FaceTrack& track) {
  const FacePlace place = PlaceOf(track, schema());
  FaceTrack again = track;
  again.landmarks = std::move(Locate({&place, 1}).front());
  again.box = BoxAround(again.landmarks, track.box);
  if (!IsUsable(again, image_) ||
      MeanConfidence(again.landmarks) < MeanConfidence(track.landmarks)) {
    return;
  }
  again.leans = Leans(again);
  track = std::move(again);
}

std::vector<FaceBox> FaceLocator::Detect() {
  const StageTimer timer(timings_.detect_ms);
  return DetectWithin(*memory_.detector, image_, region_, memory_.is_picture);
}

std::vector<FacePlace> FaceLocator::DetectTurned(float turn_rad) {
  std::vector<FacePlace> places;
  for (const float roll : {turn_rad, -turn_rad}) {
    const StageTimer timer(timings_.detect_ms);
    const TurnedView view = CutTurned(image_, region_.Center(), LongerSide(region_), roll);
    FaceDetector& detector = *memory_.detector;
    const std::vector<FaceBox> faces =
        memory_.is_picture ? detector.DetectInPicture(view.picture) : detector.Detect(view.picture);
    for (const FaceBox& face : WithLandmarkBoxes(faces)) {
      const RectF box = MappedBox(face.rect, view.frame_from_view);
      if (box.Area() > 0.0F && IsInRegion(box)) places.push_back({box, roll});
    }
  }
  return places;
}

std::optional<FaceBox> FaceLocator::FindAround(const FacePlace& place,
                                               std::span<const RectF> others) {
  std::optional<FaceBox> best;
  float best_iou = kSameFaceIou;
  for (const FaceBox& detection : DetectAround(place)) {
    const float iou = IntersectionOverUnion(detection.rect, place.box);
    const bool fits_another = std::ranges::any_of(others, [&](const RectF& other) {
      return IntersectionOverUnion(detection.rect, other) > iou;
    });
    if (iou < best_iou || fits_another) continue;
    best = detection;
    best_iou = iou;
  }
  return best;
}

std::vector<FaceBox> FaceLocator::DetectAround(const FacePlace& place) {
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
    detection.rect = MappedBox(detection.rect, view.frame_from_view);
  }
  return detections;
}

bool FaceLocator::Leans(const FaceTrack& track) const {
  return memory_.landmarker->WantsUprightFaces() &&
         nosetip::Leans(track.landmarks, schema(), track.leans);
}

std::vector<FaceBox> WithLandmarkBoxes(std::vector<FaceBox> detections) {
  for (FaceBox& detection : detections) {
    detection.rect = LandmarkBoxFromDetection(detection.rect);
  }
  return detections;
}

}  // namespace nosetip
