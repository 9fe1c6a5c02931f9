// Finds face boxes in a picture.
#pragma once

#include <memory>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/image.h"
#include "tracker/vision/detector_options.h"

namespace nosetip {

// One thread at a time. Its boxes are those of the WIDER FACE data set, from the top of the
// forehead to the chin: see LandmarkBoxFromDetection.
class FaceDetector {
 public:
  virtual ~FaceDetector() = default;
  // Boxes in picture pixels, best score first, overlapping ones suppressed. They may reach outside
  // the picture where faces do.
  virtual std::vector<FaceBox> Detect(const Image& image) = 0;
  // The same in a picture that is no frame of a video. It may take longer to find more.
  virtual std::vector<FaceBox> DetectInPicture(const Image& image) { return Detect(image); }
  // The same within the square around `region` (frame pixels; may reach outside the picture) at
  // `input_px` pixels per side: a fast check of a face that is followed. A face should fill about
  // half of the region. Returns boxes from `min_score` on, which may be lower than that of Detect,
  // since a face that was there a moment ago is likely.
  virtual std::vector<FaceBox> DetectIn(const Image& image, const RectF& region, int input_px,
                                        float min_score) = 0;
};

// What it finds in `part` of the image alone, which is scaled to the detector's input as an image
// of its own: a picture, or a frame of a video. Boxes are in pixels of the whole image.
std::vector<FaceBox> DetectWithin(FaceDetector& detector, const Image& image, const RectF& part,
                                  bool is_picture);

// The box that would bound the landmarks of a detected face (brows to chin, ear to ear), which a
// Landmarker needs. Right on average; the .cpp has its errors.
RectF LandmarkBoxFromDetection(const RectF& detected);
// The inverse.
RectF DetectionOfLandmarkBox(const RectF& box);

// Reads an ONNX file of the YuNet family (Wu, Peng, Yu, Machine Intelligence Research 2023): the
// 2023 layout (12 outputs cls/obj/bbox/kps_8/16/32) and the 2022 one (loc/conf/iou), on OpenCV 4.6
// and later. Throws Error for a file that is missing, broken or of another layout, and for options
// out of range.
std::unique_ptr<FaceDetector> CreateYuNetDetector(const DetectorOptions& options);

}  // namespace nosetip
