#include "tracker/tracking/tracker.h"

#include <algorithm>
#include <utility>

#include "tracker/core/error.h"
#include "tracker/core/face.h"
#include "tracker/core/shape_fit.h"
#include "tracker/tracking/frame_step.h"
#include "tracker/tracking/landmark_smoother.h"
#include "tracker/tracking/stage_timer.h"
#include "tracker/tracking/tracker_memory.h"
#include "tracker/vision/face_detector.h"
#include "tracker/vision/head_pose.h"
#include "tracker/vision/intrinsics.h"

namespace nosetip {

struct Tracker::State {
  TrackerMemory memory;
  LandmarkSmoother smoother;
};

Tracker::Tracker(std::unique_ptr<FaceDetector> detector, std::unique_ptr<Landmarker> landmarker,
                 const TrackerOptions& options, FurtherFaces further_faces) {
  Validate(options);
  CheckIntrinsics(options.intrinsics);
  Check(detector != nullptr && landmarker != nullptr, "a tracker has a detector and a landmarker");
  LandmarkSmoother smoother(landmarker->schema(), options.smoothing);
  state_ = std::make_unique<State>(TrackerMemory{}, std::move(smoother));
  state_->memory.detector = std::move(detector);
  state_->memory.landmarker = std::move(landmarker);
  state_->memory.options = options;
  state_->memory.region = ParseRegion(options.roi);
  state_->memory.further_faces = further_faces;
}

Tracker::~Tracker() = default;
Tracker::Tracker(Tracker&&) noexcept = default;
Tracker& Tracker::operator=(Tracker&&) noexcept = default;

TrackResult Tracker::Step(const Frame& frame, std::optional<std::vector<FaceBox>> found) {
  Check(!frame.image.Empty(), "a frame with a picture");
  TrackResult result;
  result.frame_id = frame.id;
  result.pts_s = frame.pts_s;
  state_->memory.is_picture = frame.is_picture;
  state_->memory.max_faces = MostFaces(state_->memory.options, frame.is_picture);
  result.timings = FrameStep(state_->memory, frame.image).Run(std::move(found));
  result.left_out = state_->memory.left_out;
  const PinholeCamera camera = CameraForFrame({frame.image.width_px, frame.image.height_px},
                                              state_->memory.options.intrinsics);
  for (const FaceTrack& track : state_->memory.tracks) {
    TrackedFace face;
    face.id = track.id;
    face.box = {track.box, track.detector_score};
    face.landmarks = track.landmarks;
    face.confidence = track.detector_score * track.trust * MeanConfidence(track.landmarks);
    result.faces.push_back(std::move(face));
  }
  {
    const StageTimer timer(result.timings.smooth_ms);
    state_->smoother.Smooth(result);
  }
  for (TrackedFace& face : result.faces) {
    if (face.landmarks.Empty()) continue;
    face.pose = EstimateHeadPose(face.landmarks.points_px, schema(), camera);
    if (!state_->memory.options.points_3d || !face.pose) continue;
    const auto fit = FitShape(face.landmarks, schema(), *face.pose);
    if (fit) face.points_mm = CameraPoints(*fit);
  }
  return result;
}

void Tracker::Reset() {
  state_->memory.tracks.clear();
  state_->memory.frames_since_search = 0;
  state_->memory.frames_without_face = 0;
  state_->memory.offered.reset();
  state_->smoother.Reset();
}

void Tracker::StartOver() {
  Reset();
  state_->memory.next_id = 0;
}

void Tracker::ContinueIdsOf(const Tracker& before) {
  state_->memory.next_id = std::max(state_->memory.next_id, before.state_->memory.next_id);
}

bool Tracker::WantsOffer() const {
  const TrackerMemory& memory = state_->memory;
  return memory.further_faces == FurtherFaces::kOffered && !memory.tracks.empty() &&
         memory.tracks.size() < static_cast<size_t>(memory.max_faces) &&
         memory.frames_since_search >= memory.options.detect_interval;
}

void Tracker::Offer(std::vector<FaceBox> detections) {
  state_->memory.offered = std::move(detections);
}

int Tracker::max_faces() const { return state_->memory.max_faces; }

const std::optional<Region>& Tracker::region() const { return state_->memory.region; }

const LandmarkSchema& Tracker::schema() const { return state_->memory.landmarker->schema(); }

}  // namespace nosetip
