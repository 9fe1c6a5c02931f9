// The work that a tracker does on one frame.
#pragma once

#include <optional>
#include <vector>

#include "tracker/tracking/face_locator.h"
#include "tracker/tracking/frame_search.h"
#include "tracker/tracking/tracker_memory.h"

namespace nosetip {

// Follows the faces of the frame before into this one, has the detector confirm those that are in
// doubt, and takes up the faces that a search finds.
class FrameStep {
 public:
  // Both must outlive the step.
  FrameStep(TrackerMemory& memory, const Image& image)
      : memory_(memory), locator_(memory, image), search_(memory, locator_) {}
  FrameStep(const FrameStep&) = delete;
  FrameStep& operator=(const FrameStep&) = delete;

  // Brings the tracks to this frame; `found` replaces a search of it. Call once.
  StageTimings Run(std::optional<std::vector<FaceBox>> found);

 private:
  // A followed face, before it is known whether it is still there.
  struct Followed {
    FaceTrack track;
    FacePlace expected;
    float continuity = 0.0F;
    FacePlace found{};  // where its landmarks are

    // Where to look for the face: at its landmarks, where they can be trusted.
    const FacePlace& Whereabouts() const { return continuity >= kMinTrust ? found : expected; }
  };

  std::vector<Followed> Follow();
  void LocateOffCenterAgain(std::vector<Followed>& followed);
  // Keeps the faces that are still there, makes seeds of those whose landmarks have gone astray and
  // notes those that are lost.
  void Confirm(std::vector<Followed> followed);
  // Whether to ask the detector if the face is still there.
  bool IsToConfirm(const Followed& face) const;
  void Accept(FaceTrack track, const FaceBox& detection, float agreement);
  // Locates the landmarks of the seeds and keeps the faces that the detector confirms there.
  void Settle();
  // Whether the track, located from the seed, was accepted.
  bool SettleWithPoints(FaceTrack& track, const Seed& seed);
  // The face without its points, which are not to be trusted.
  void SettleBoxAlone(const Seed& seed);
  int IdOf(const Seed& seed) { return seed.id ? *seed.id : memory_.next_id++; }
  void SearchTurned();
  void DropDuplicates();
  // Drops all but the face that was followed before, or the largest where that is gone or much
  // smaller.
  void KeepLargest(int first_new_id);

  TrackerMemory& memory_;
  FaceLocator locator_;
  FrameSearch search_;
};

}  // namespace nosetip
