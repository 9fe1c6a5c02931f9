// The work that a tracker does on one frame.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "tracker/tracking/face_track.h"
#include "tracker/tracking/tracker.h"

namespace nosetip {

// What lasts from frame to frame.
struct TrackerMemory {
  std::unique_ptr<FaceDetector> detector;
  std::unique_ptr<Landmarker> landmarker;
  TrackerOptions options;
  std::vector<FaceTrack> tracks;  // by ascending id
  int next_id = 0;
  int frames_since_search = 0;
  int frames_without_face = 0;
  FurtherFaces further_faces = FurtherFaces::kSearched;
  std::optional<std::vector<FaceBox>> offered;  // for the next step
};

class FrameStep {
 public:
  // Both must outlive the step.
  FrameStep(TrackerMemory& memory, const Image& image) : memory_(memory), image_(image) {}

  // Brings the tracks to this frame; `found` is in place of a search of it. Once only.
  StageTimings Run(std::optional<std::vector<FaceBox>> found);

 private:
  // A followed face, before it is known whether it is still there.
  struct Followed {
    FaceTrack track;
    FacePlace expected;
    float continuity = 0.0F;
    FacePlace found{};  // where its landmarks are

    // Where to look for the face: at its landmarks, where they can be trusted.
    const FacePlace& Whereabouts() const { return continuity >= kLeastTrust ? found : expected; }
  };
  // A detection whose landmarks are still to be found.
  struct Seed {
    FacePlace place;        // mapped to that of landmarks
    std::optional<int> id;  // of a face known before
  };
  struct LostFace {
    int id = 0;
    RectF box;
  };

  std::vector<Followed> Follow();
  void LocateOffCenterAgain(std::vector<Followed>& followed);
  // Keeps the faces that are still there, leaves those whose landmarks have gone astray to Settle
  // and notes those that are lost.
  void Confirm(std::vector<Followed> followed);
  // Whether the detector is to say that the face is still there.
  bool IsToConfirm(const Followed& face) const;
  // The detection that fits best to where a face should be, if there is any that fits no other
  // place better. Its box is that of landmarks, turned as the place is.
  std::optional<FaceBox> FindAround(const FacePlace& place, std::span<const RectF> others);
  std::vector<FaceBox> DetectAround(const FacePlace& place);
  bool SearchIsDue() const;
  // Looks in the whole frame for lost faces, then for new ones.
  void Search();
  // Makes seeds of detections in the whole frame that are of no face that is there; the others
  // confirm those that are.
  void Consider(std::vector<FaceBox> detections);
  void ConfirmBy(const std::vector<FaceBox>& detections);
  void AddSeeds(std::span<const FacePlace> places);
  // For faces that lean too far for the detector. Counts the frames without a face.
  bool TurnedSearchIsDue();
  void SearchTurned();
  void SearchTurned(float turn_rad);
  // Of places on one face that where its points are surest.
  std::vector<FacePlace> SurestOf(const std::vector<FacePlace>& places);
  // Locates the landmarks of the seeds and keeps the faces that the detector confirms there.
  void Settle();
  std::vector<FaceTrack> LocateTwice(std::vector<FacePlace> places);
  void DropDuplicates();

  void Accept(FaceTrack track, const FaceBox& detection, float agreement);
  bool IsKnown(const RectF& box) const;
  size_t KnownFaces() const { return memory_.tracks.size() + seeds_.size(); }
  bool HasRoom() const;
  std::vector<Landmarks> Locate(std::span<const FacePlace> places);
  bool Leans(const FaceTrack& track) const;
  const LandmarkSchema& schema() const { return memory_.landmarker->schema(); }

  TrackerMemory& memory_;
  const Image& image_;
  StageTimings timings_;
  std::vector<LostFace> lost_;
  std::vector<Seed> seeds_;
};

}  // namespace nosetip
