// Finds face boxes in a picture.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/fields.h"
#include "tracker/core/image.h"

namespace nosetip {

struct DetectorOptions {
  std::string detector;        // an ONNX file of the YuNet family
  float smallest_face = 5.0F;  // its height in percent of the picture's longer side
  int detector_input_px = 0;   // 0: what the smallest face needs
  float detector_score = 0.6F;
  float detector_nms_iou = 0.3F;

  static std::span<const Field<DetectorOptions>> Fields();
  bool operator==(const DetectorOptions&) const = default;
};

// The longer side that a picture is scaled to before faces are searched: `detector_input_px`, or
// where that is 0 the smallest at which the smallest wanted face still has the 16 pixels that are
// needed to find it reliably; a multiple of 32, from 64 to 2048. The time of a search grows with
// its square.
int DetectorInputPx(const DetectorOptions& options);

// One thread at a time. Its boxes are those of the WIDER FACE data set, from the top of the
// forehead to the chin: see LandmarkBoxFromDetection.
class FaceDetector {
 public:
  virtual ~FaceDetector() = default;
  // Boxes in picture pixels, best score first, overlapping ones suppressed. They may reach outside
  // the picture where faces do.
  virtual std::vector<FaceBox> Detect(const Image& image) = 0;
  // The same within the square around `region` (frame pixels; may reach outside the picture) at
  // `input_px` pixels per side: a fast check of a face that is followed. A face should fill about
  // half of the region. Returns boxes from `min_score` on, which may be lower than that of Detect,
  // since a face that was there a moment ago is likely.
  virtual std::vector<FaceBox> DetectIn(const Image& image, const RectF& region, int input_px,
                                        float min_score) = 0;
};

// The box that would bound the landmarks of a detected face (brows to chin, ear to ear), which a
// Landmarker needs. Right on average; the .cpp has its errors.
RectF LandmarkBoxFromDetection(const RectF& detected);

// Reads an ONNX file of the YuNet family (Wu, Peng, Yu, Machine Intelligence Research 2023): the
// 2023 layout (12 outputs cls/obj/bbox/kps_8/16/32) and the 2022 one (loc/conf/iou), on OpenCV 4.6
// and later. Throws Error for a file that is missing, broken or of another layout, and for options
// out of range.
std::unique_ptr<FaceDetector> CreateYuNetDetector(const DetectorOptions& options);

}  // namespace nosetip
