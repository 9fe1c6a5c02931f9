#include "training/evaluation/face_predictor.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/tracking/face_track.h"

namespace nosetip {
namespace {

// On 100 held-out faces of 300-W the error (NME, percent) after one, two, three and four rounds is
// 4.7, 4.7, 4.8, 4.8 from the true bounds, 6.5, 5.0, 4.8, 4.8 from boxes like those of dlib's
// detector (square, 0.9 times as large, 12 % up), and 14.3, 8.9, 7.0, 6.4 from boxes that are off
// by 15 % of the side and 25 % of the size. Repeating only below the overlap kSettledIou takes 2.0,
// 2.3 and 2.9 rounds and gives 4.7, 4.8 and 6.8.
constexpr int kMaxRounds = 4;
constexpr float kSettledIou = 0.9F;
// Side of the box where nothing is known, in shorter sides of the picture.
constexpr float kPartOfPicture = 0.6F;

// Lends a landmarker to a tracker, which owns its own.
class BorrowedLandmarker final : public Landmarker {
 public:
  explicit BorrowedLandmarker(Landmarker& lender) : lender_(lender) {}
  const LandmarkSchema& schema() const override { return lender_.schema(); }
  bool WantsUprightFaces() const override { return lender_.WantsUprightFaces(); }
  std::vector<Landmarks> Locate(const Image& image, std::span<const RectF> boxes) override {
    return lender_.Locate(image, boxes);
  }

 private:
  Landmarker& lender_;
};

void CheckFinite(const std::vector<Landmarks>& faces) {
  for (const Landmarks& face : faces) {
    for (const Point2f p : face.points_px) {
      if (std::isfinite(p.x) && std::isfinite(p.y)) continue;
      throw Error("the model is broken: it gives points that are no numbers; use another --model");
    }
  }
}

bool IsInOneOf(std::span<const RectF> boxes, const Landmarks& face) {
  const Point2f c = Mean(face.points_px);
  return std::ranges::any_of(boxes, [&](const RectF& box) {
    return c.x >= box.x && c.x <= box.x + box.width && c.y >= box.y && c.y <= box.y + box.height;
  });
}

// Below this overlap it is another face.
constexpr float kMinOverlap = 0.3F;

// Why the tracker does not take these points for those of the face that a detector sees in `box`.
std::string WhyRejected(const Landmarks& points, const RectF& box) {
  const float confidence = MeanConfidence(points);
  if (confidence < kMinNewFaceConfidence) {
    return fmt::format("the model's confidence in its points is {:.0f} %, less than {:.0f} %",
                       100.0F * confidence, 100.0F * kMinNewFaceConfidence);
  }
  const RectF around = BoxAround(points, box);
  if (Agreement(around, box) < kMinTrust) {
    return fmt::format(
        "the model's points are not where the face is (overlap of their bounds {:.0f} %); the "
        "model may need more training",
        100.0F * IntersectionOverUnion(around, box));
  }
  return "the detector sees no face around the model's points";
}

}  // namespace

std::vector<Landmarks> LocateClosely(Landmarker& landmarker, const Image& image,
                                     std::span<const RectF> boxes) {
  std::vector<Landmarks> faces(boxes.size());
  std::vector<size_t> which(boxes.size());
  std::iota(which.begin(), which.end(), size_t{0});
  const LandmarkSchema& schema = landmarker.schema();
  std::vector<FacePlace> places;
  for (const RectF& box : boxes) places.push_back({box});
  for (int round = 0; round < kMaxRounds && !which.empty(); ++round) {
    std::vector<Landmarks> located = LocateAt(landmarker, image, places).faces;
    CheckFinite(located);
    std::vector<size_t> unsettled;
    std::vector<FacePlace> closer;
    for (size_t i = 0; i < which.size(); ++i) {
      Landmarks& face = faces[which[i]] = std::move(located[i]);
      const bool bound = face.points_px.size() >= kPointsThatBound;
      const bool was_turned = places[i].roll_rad != 0.0F;
      const bool leans = bound && landmarker.WantsUprightFaces() && Leans(face, schema, was_turned);
      const FacePlace place = PlaceOf(face, schema, leans);
      const bool settled = round > 0 && leans == was_turned &&
                           IntersectionOverUnion(place.box, places[i].box) >= kSettledIou;
      if (settled || !bound || !IsUsableBox(place.box, image)) continue;
      unsettled.push_back(which[i]);
      closer.push_back(place);
    }
    which = std::move(unsettled);
    places = std::move(closer);
  }
  return faces;
}

const RectF* NearestBox(const std::vector<RectF>& boxes, const RectF& truth) {
  const RectF* best = nullptr;
  float most = kMinOverlap;
  for (const RectF& box : boxes) {
    const float overlap = IntersectionOverUnion(box, truth);
    if (overlap < most) continue;
    most = overlap;
    best = &box;
  }
  return best;
}

bool IsUsableBox(const RectF& box, const Image& image) {
  FaceTrack track;
  track.box = box;
  return IsUsable(track, image);
}

FacePredictor::FacePredictor(std::unique_ptr<Landmarker> landmarker, MakeDetector make_detector)
    : landmarker_(std::move(landmarker)), make_detector_(std::move(make_detector)) {}

BoxedFaces FacePredictor::InBoxes(const Image& image, std::span<const RectF> boxes) {
  std::vector<size_t> usable;
  std::vector<size_t> others;
  std::vector<RectF> places;
  for (size_t i = 0; i < boxes.size(); ++i) {
    const bool good = IsUsableBox(boxes[i], image);
    (good ? usable : others).push_back(i);
    if (good) places.push_back(boxes[i]);
  }
  BoxedFaces result{std::vector<Landmarks>(boxes.size()), {}};
  std::vector<Landmarks> located = LocateClosely(*landmarker_, image, places);
  for (size_t i = 0; i < usable.size(); ++i) result.faces[usable[i]] = std::move(located[i]);
  if (others.empty()) return result;
  std::vector<Landmarks> found = Find(image).faces;
  std::erase_if(found, [&](const Landmarks& face) { return IsInOneOf(places, face); });
  for (size_t i = 0; i < others.size(); ++i) {
    const bool seen = i < found.size();
    result.faces[others[i]] = seen ? std::move(found[i]) : InWholePicture(image);
    result.notes.push_back(
        fmt::format("box {} is too small or outside the picture; used {} instead", others[i] + 1,
                    seen ? "a face found elsewhere in the picture"
                         : "the points located in the whole picture"));
  }
  return result;
}

FoundFaces FacePredictor::Find(const Image& image) {
  if (!tracker_) {
    tracker_.emplace(make_detector_(), std::make_unique<BorrowedLandmarker>(*landmarker_),
                     TrackerOptions());
  }
  tracker_->Reset();
  Frame frame;
  frame.is_picture = true;  // all of its faces
  frame.image = image;
  std::vector<TrackedFace> tracked = tracker_->Step(frame).faces;
  std::ranges::stable_sort(tracked, std::ranges::greater(),
                           [](const TrackedFace& face) { return face.box.rect.Area(); });
  FoundFaces found;
  for (TrackedFace& face : tracked) {
    if (!face.landmarks.Empty()) {
      found.faces.push_back(std::move(face.landmarks));
      continue;
    }
    const RectF& box = face.box.rect;
    const Landmarks points = LocateClosely(*landmarker_, image, {&box, 1}).front();
    found.rejected.push_back(
        fmt::format("the face at {:.0f}, {:.0f} ({:.0f} x {:.0f} px) is left out: {}", box.x, box.y,
                    box.width, box.height, WhyRejected(points, box)));
  }
  return found;
}

Landmarks FacePredictor::InWholePicture(const Image& image) {
  const auto width = static_cast<float>(image.width_px);
  const auto height = static_cast<float>(image.height_px);
  const float side = kPartOfPicture * std::min(width, height);
  const RectF middle{0.5F * (width - side) - 0.5F, 0.5F * (height - side) - 0.5F, side, side};
  return LocateClosely(*landmarker_, image, {&middle, 1}).front();
}

// Records the boxes that it is asked for, except in turned pictures.
class DetectedFaces::BoxRecorder final : public Landmarker {
 public:
  explicit BoxRecorder(std::unique_ptr<Landmarker> landmarker)
      : landmarker_(std::move(landmarker)) {}

  const LandmarkSchema& schema() const override { return landmarker_->schema(); }
  bool WantsUprightFaces() const override { return landmarker_->WantsUprightFaces(); }
  std::vector<Landmarks> Locate(const Image& image, std::span<const RectF> boxes) override {
    const bool is_whole = image.width_px == whole_.width && image.height_px == whole_.height;
    if (is_whole) calls_.emplace_back(boxes.begin(), boxes.end());
    return landmarker_->Locate(image, boxes);
  }

  void ExpectWhole(const Image& picture) { whole_ = {picture.width_px, picture.height_px}; }
  // The boxes of each call since the last time.
  std::vector<std::vector<RectF>> TakeCalls() { return std::exchange(calls_, {}); }

 private:
  std::unique_ptr<Landmarker> landmarker_;
  std::vector<std::vector<RectF>> calls_;
  SizePx whole_;
};

DetectedFaces::DetectedFaces(std::unique_ptr<FaceDetector> detector,
                             std::unique_ptr<Landmarker> landmarker)
    : recorder_(new BoxRecorder(std::move(landmarker))),
      tracker_(std::move(detector), std::unique_ptr<Landmarker>(recorder_), {}) {}

DetectedFaces::~DetectedFaces() = default;

std::optional<Landmarks> DetectedFaces::Locate(const Image& picture, const RectF& truth_box) {
  tracker_.Reset();
  Frame frame;
  frame.is_picture = true;
  frame.image = picture;
  recorder_->ExpectWhole(picture);
  std::vector<TrackedFace> faces = tracker_.Step(frame).faces;
  std::erase_if(faces, [](const TrackedFace& face) { return face.landmarks.Empty(); });
  std::vector<RectF> found;
  for (const TrackedFace& face : faces) found.push_back(face.box.rect);
  const auto calls = recorder_->TakeCalls();
  const RectF* nearest = NearestBox(found, truth_box);
  if (nearest == nullptr) return std::nullopt;
  rounds_.resize(std::max(rounds_.size(), calls.size()));
  for (size_t i = 0; i < calls.size(); ++i) {
    const RectF* box = NearestBox(calls[i], truth_box);
    if (box != nullptr) rounds_[i].push_back({*box, truth_box});
  }
  return std::move(faces[static_cast<size_t>(nearest - found.data())].landmarks);
}

std::vector<NamedBoxErrors> DetectedFaces::ErrorsOfBoxes() const {
  std::vector<NamedBoxErrors> rows;
  for (size_t i = 0; i < rounds_.size(); ++i) {
    rows.push_back({i == 0 ? "detector" : "landmarks", MeasureBoxErrors(rounds_[i])});
  }
  return rows;
}

}  // namespace nosetip
