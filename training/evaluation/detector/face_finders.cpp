#include "training/evaluation/detector/face_finders.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "tracker/tracking/tracker.h"

namespace nosetip {

FaceFinder FindByDetector(std::unique_ptr<FaceDetector> detector) {
  return [detector = std::shared_ptr<FaceDetector>(std::move(detector))](const Image& image,
                                                                         bool is_picture) {
    return is_picture ? detector->DetectInPicture(image) : detector->Detect(image);
  };
}

FaceFinder FindByTracker(std::unique_ptr<FaceDetector> detector,
                         std::unique_ptr<Landmarker> landmarker) {
  auto tracker =
      std::make_shared<Tracker>(std::move(detector), std::move(landmarker), TrackerOptions{});
  return [tracker = std::move(tracker)](const Image& image, bool is_picture) {
    Frame frame;
    frame.is_picture = is_picture;
    frame.image = image;
    tracker->Reset();
    std::vector<FaceBox> boxes;
    for (const TrackedFace& face : tracker->Step(frame).faces) {
      boxes.push_back({DetectionOfLandmarkBox(face.box.rect), face.confidence});
    }
    std::ranges::stable_sort(boxes, std::ranges::greater(), &FaceBox::score);
    return boxes;
  };
}

}  // namespace nosetip
