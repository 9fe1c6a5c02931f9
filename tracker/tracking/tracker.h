// Follows faces from frame to frame. Synchronous; knows no threads.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/fields.h"
#include "tracker/core/image.h"
#include "tracker/model/landmarker.h"
#include "tracker/tracking/landmark_smoother.h"
#include "tracker/vision/face_detector.h"

namespace nosetip {

struct TrackerOptions {
  int max_faces = 8;
  int detect_interval = 15;    // frames between searches for further faces
  int confirm_interval = 30;   // frames after which a followed face is confirmed
  float confirm_score = 0.3F;  // of the detector, below which a followed face counts as gone
  SmoothingOptions smoothing;  // of what Step gives out; faces are followed by what was located
  static std::span<const Field<TrackerOptions>> Fields();
  bool operator==(const TrackerOptions&) const = default;
};

// Who searches for further faces while one is followed. A search while none is followed, or because
// one was lost, is always Step's own.
enum class FurtherFaces {
  kSearched,  // Step, in the whole frame, every `detect_interval` frames
  kOffered    // the caller, who may do it on another thread: see Tracker::Step and Offer
};

// A face enters when the detector finds it in the whole frame and its landmarks agree with that
// box. From then on it is located around where its last landmarks say that it will be. A landmark
// network gives a face's shape for any picture, but a good one also says how sure it is of it, and
// is not where there is no face. As long as it is sure and the face moves on as faces do, the
// detector is left alone. When landmarks jump, lose their shape or are not sure of themselves, and
// when no search of the whole frame has found the face for `confirm_interval` frames, the detector
// looks at its surroundings; with a model that does not say how sure it is, in every frame. A face
// that is not confirmed then is searched in the whole frame; if it is not near either, it is left
// out of that same frame's result.
//
// Confidence of a face is the detector's latest score for it times the mean confidence of its
// points times its trust, 0 to 1: how well landmarks and detection agree where the detector looked
// at its surroundings in this frame, else how smoothly it has moved on since the frame before.
class Tracker {
 public:
  // Throws Error for options out of range.
  Tracker(std::unique_ptr<FaceDetector> detector, std::unique_ptr<Landmarker> landmarker,
          const TrackerOptions& options, FurtherFaces further_faces = FurtherFaces::kSearched);
  ~Tracker();
  Tracker(Tracker&&) noexcept;
  Tracker& operator=(Tracker&&) noexcept;

  // Frames of one source, in order. `found` is what a FaceDetector found in the whole of this very
  // frame, where the caller has searched it already; Step then does not.
  TrackResult Step(const Frame& frame, std::optional<std::vector<FaceBox>> found = std::nullopt);
  // Forgets all faces, for another source. Ids go on, so that none is used twice.
  void Reset();
  // The same, as if it were new: ids begin at 0 again.
  void StartOver();
  // Ids go on where those of `before` are, so that none is used twice.
  void ContinueIdsOf(const Tracker& before);
  const LandmarkSchema& schema() const;

  // With FurtherFaces::kOffered: true where Step would have searched the whole frame by now.
  bool WantsOffer() const;
  // What a FaceDetector found in a whole frame, this one or one of the last few. The next Step
  // takes those that are not followed for new faces, which it locates and confirms in its own frame
  // as it does those that it finds itself. Left out where that Step searches the whole frame
  // anyway.
  void Offer(std::vector<FaceBox> detections);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// What a tracker makes of a detector's boxes.

// Boxes that overlap by more than this are of one face, when one is a detection.
inline constexpr float kSameFaceIou = 0.3F;

// The boxes that would bound the landmarks.
std::vector<FaceBox> WithLandmarkBoxes(std::vector<FaceBox> detections);

// A box of a turned view in the frame: about its center there, not turned back.
RectF MovedAs(const RectF& box, const Affine2& frame_from_view);

// Times of stages.

// Adds the time of its scope to a stage.
class StageTimer {
 public:
  explicit StageTimer(double& total_ms) : total_ms_(total_ms) {}
  ~StageTimer() {
    total_ms_ +=
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start_)
            .count();
  }
  StageTimer(const StageTimer&) = delete;
  StageTimer& operator=(const StageTimer&) = delete;

 private:
  double& total_ms_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace nosetip
