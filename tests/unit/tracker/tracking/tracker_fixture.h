// A tracker whose detector and landmarker see a scene that the test arranges.
#pragma once

#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/fake_detector.h"
#include "tests/support/fake_landmarker.h"
#include "tracker/tracking/tracker.h"

namespace nosetip {

class TrackerTest : public ::testing::Test {
 protected:
  Tracker MakeTracker(const TrackerOptions& options = {}, const LandmarkSchema& schema = Ibug68()) {
    return {std::make_unique<FakeDetector>(scene_),
            std::make_unique<FakeLandmarker>(scene_, schema), options};
  }

  TrackResult Step(Tracker& tracker, bool is_picture = false) {
    Frame frame;
    frame.is_picture = is_picture;
    frame.id = next_frame_++;
    frame.pts_s = 0.04 * static_cast<double>(frame.id);
    frame.image = Image(640, 480);
    return tracker.Step(frame);
  }

  static std::vector<int> Ids(const TrackResult& result) {
    std::vector<int> ids;
    for (const TrackedFace& face : result.faces) ids.push_back(face.id);
    return ids;
  }

  // Which of the scene's faces each reported face lies on, or -1.
  std::vector<int> Places(const TrackResult& result) const {
    std::vector<int> places;
    for (const TrackedFace& tracked : result.faces) {
      places.push_back(-1);
      for (size_t i = 0; i < scene_->faces.size(); ++i) {
        const float iou = IntersectionOverUnion(scene_->faces[i].box, tracked.box.rect);
        if (iou > 0.95F) places.back() = static_cast<int>(i);
      }
    }
    return places;
  }

  std::shared_ptr<FakeScene> scene_ = std::make_shared<FakeScene>();
  int64_t next_frame_ = 0;
};

}  // namespace nosetip
