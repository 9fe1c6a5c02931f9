// Searches a frame for faces that are not followed: new ones and those that were lost.
#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "tracker/tracking/face_locator.h"
#include "tracker/tracking/tracker_memory.h"

namespace nosetip {

// A place that may show a face, whose landmarks are still to be located.
struct Seed {
  FacePlace place;                  // of landmarks
  std::optional<int> id;            // of a face known before
  std::optional<float> near_score;  // where the detector found that face from near
};

// A face that was followed up to the frame before.
struct LostFace {
  int id = 0;
  RectF box;  // where it should be
};

// Collects seeds of one frame. Faces that are followed already make none.
class FrameSearch {
 public:
  // Both must outlive this.
  FrameSearch(TrackerMemory& memory, FaceLocator& locator) : memory_(memory), locator_(locator) {}

  void AddSeed(Seed seed) { seeds_.push_back(std::move(seed)); }
  // To be searched for before all others.
  void AddLost(LostFace face) { lost_.push_back(face); }

  // Takes the detections of this frame where the caller has them, searches the frame where that is
  // due, or takes what was offered. Call once, after the followed faces are known.
  void Run(std::optional<std::vector<FaceBox>> detections);

  // Whether to search the frame turned as well, for faces that lean too far for the detector.
  // Counts the frames in which no face has points, so call it once per frame, after Run.
  bool TurnedIsDue();
  // The frame turned by `turn_rad` to both sides.
  void RunTurned(float turn_rad);

  std::vector<Seed> TakeSeeds() { return std::exchange(seeds_, {}); }

 private:
  // Of the followed ones and the seeds, each face once.
  size_t KnownFaces() const;
  bool HasRoom() const;
  bool IsDue() const;
  bool IsKnown(const RectF& box) const;
  // Detections of followed faces confirm these, the others become seeds.
  void Use(std::vector<FaceBox> detections);
  // Where the largest face is followed: the largest first, none that would not replace it.
  void KeepLarger(std::vector<FaceBox>& detections) const;
  void ConfirmBy(const std::vector<FaceBox>& detections);
  // Those beyond the most that are followed are left out, and counted where that is wanted.
  void AddSeeds(std::span<const FacePlace> places, bool counts_left_out);
  // Of several places on one face the one where its points are surest.
  std::vector<FacePlace> SurestOf(const std::vector<FacePlace>& places);

  TrackerMemory& memory_;
  FaceLocator& locator_;
  std::vector<LostFace> lost_;
  std::vector<Seed> seeds_;
};

}  // namespace nosetip
