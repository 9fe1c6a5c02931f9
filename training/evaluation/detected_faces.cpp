#include "training/evaluation/detected_faces.h"

#include <utility>

namespace nosetip {
namespace {

// Below this overlap it is another face.
constexpr float kLeastOverlap = 0.3F;

// The box that overlaps most with `truth`; null where none does much.
const RectF* Nearest(const std::vector<RectF>& boxes, const RectF& truth) {
  const RectF* best = nullptr;
  float most = kLeastOverlap;
  for (const RectF& box : boxes) {
    const float overlap = IntersectionOverUnion(box, truth);
    if (overlap < most) continue;
    most = overlap;
    best = &box;
  }
  return best;
}

}  // namespace

// Remembers where it was asked to look, but in pictures that are turned.
class DetectedFaces::Witness final : public Landmarker {
 public:
  explicit Witness(std::unique_ptr<Landmarker> landmarker) : landmarker_(std::move(landmarker)) {}

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
    : witness_(new Witness(std::move(landmarker))),
      tracker_(std::move(detector), std::unique_ptr<Landmarker>(witness_), {}) {}

DetectedFaces::~DetectedFaces() = default;

std::optional<Landmarks> DetectedFaces::Locate(const Image& picture, const RectF& truth_box) {
  tracker_.Reset();
  Frame frame;
  frame.image = picture;
  witness_->ExpectWhole(picture);
  std::vector<TrackedFace> faces = tracker_.Step(frame).faces;
  std::vector<RectF> found;
  for (const TrackedFace& face : faces) found.push_back(face.box.rect);
  const auto calls = witness_->TakeCalls();
  const RectF* nearest = Nearest(found, truth_box);
  if (nearest == nullptr) return std::nullopt;
  rounds_.resize(std::max(rounds_.size(), calls.size()));
  for (size_t i = 0; i < calls.size(); ++i) {
    const RectF* box = Nearest(calls[i], truth_box);
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
