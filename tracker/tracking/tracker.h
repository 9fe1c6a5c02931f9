// Follows faces from frame to frame. Synchronous; knows no threads.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/image.h"
#include "tracker/core/region.h"
#include "tracker/model/landmarker.h"
#include "tracker/tracking/tracker_options.h"
#include "tracker/vision/face_detector.h"

namespace nosetip {

// Who searches for further faces while one is followed. A search while none is followed, or because
// one was lost, is always Step's own.
enum class FurtherFaces {
  kSearched,  // Step, in the whole frame, every `detect_interval` frames
  kOffered    // the caller, perhaps on another thread: see Tracker::Step and Offer
};

// A face enters when the detector finds it in the whole frame and confirms it from near. From then
// on it is located where its last landmarks predict it.
//
// Where landmarks do not agree with the detector or have too low a confidence, as those of profiles
// and covered faces, the face is reported without them, and the detector follows it from frame to
// frame, until landmarks can be trusted. Its box is the one that landmarks would have.
//
// A landmark network gives the shape of a face for any picture, but a good one also gives a
// confidence, which is low where there is no face. While confidence is high and the face moves
// smoothly, the detector does not run. It looks around the face when landmarks jump, lose their
// shape or have low confidence, and when no search of the whole frame has found the face for
// `confirm_interval` frames; with a model that gives no confidence, in every frame. A face that is
// not confirmed then is searched for in the whole frame. If it is not nearby either, it is missing
// from the result of that same frame.
//
// The confidence of a face is the detector's latest score for it, times the mean confidence of its
// points, times its trust (0 to 1): how well landmarks and detection agree where the detector
// looked around it in this frame, else how smoothly it has moved since the frame before. Without
// landmarks it is the detector's score.
class Tracker {
 public:
  // Throws Error for options out of range.
  Tracker(std::unique_ptr<FaceDetector> detector, std::unique_ptr<Landmarker> landmarker,
          const TrackerOptions& options, FurtherFaces further_faces = FurtherFaces::kSearched);
  ~Tracker();
  Tracker(Tracker&&) noexcept;
  Tracker& operator=(Tracker&&) noexcept;

  // Takes the frames of one source, in order. `found` is what a FaceDetector found in the
  // region() of this frame, where the caller has searched it already; Step then does not. Throws
  // Error where that region lies outside the frame.
  TrackResult Step(const Frame& frame, std::optional<std::vector<FaceBox>> found = std::nullopt);
  // Forgets all faces, for another source. Ids continue, so that none is used twice.
  void Reset();
  // Forgets all faces and begins with id 0 again.
  void StartOver();
  // Continues the ids of `before`, so that none is used twice.
  void ContinueIdsOf(const Tracker& before);
  const LandmarkSchema& schema() const;
  // How many faces the last Step could follow; see MostFaces.
  int max_faces() const;
  // The part of each frame to search; whoever searches for this tracker keeps to it. It never
  // changes, so any thread may ask.
  const std::optional<Region>& region() const;

  // With FurtherFaces::kOffered: true where Step would have searched the whole frame by now.
  bool WantsOffer() const;
  // What a FaceDetector found in the region() of a recent frame. The next Step takes those that are
  // not followed as candidates, which it locates and confirms in its own frame as it does its own
  // finds. Ignored where that Step searches the whole frame anyway.
  void Offer(std::vector<FaceBox> detections);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nosetip
