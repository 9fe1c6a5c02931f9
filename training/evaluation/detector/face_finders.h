// What evaluate-detector measures: a detector alone, or a tracker that uses it.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/image.h"
#include "tracker/model/landmarker.h"
#include "tracker/vision/face_detector.h"

namespace nosetip {

// The boxes of the faces in an image, best score first, as a FaceDetector gives them. It is a
// picture, which is searched longer, or a frame of a video.
using FaceFinder = std::function<std::vector<FaceBox>(const Image& image, bool is_picture)>;

FaceFinder FindByDetector(std::unique_ptr<FaceDetector> detector);

// What a tracker with default options reports for each image by itself. The score is the face's
// confidence, and its box is mapped to what a detector would give (DetectionOfLandmarkBox).
FaceFinder FindByTracker(std::unique_ptr<FaceDetector> detector,
                         std::unique_ptr<Landmarker> landmarker);

}  // namespace nosetip
