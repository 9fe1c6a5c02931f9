// The YuNet family over cv::dnn, which reads both layouts from OpenCV 4.6 on. (cv::FaceDetectorYN
// reads only the 2022 layout there, and only the 2023 one from 4.7 on.) The networks are fully
// convolutional, so that the input may change its size from call to call.
#include "tracker/vision/face_detector.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include <fmt/core.h>
#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>

#include "tracker/core/error.h"
#include "tracker/vision/opencv_bridge.h"
#include "tracker/vision/yunet_decode.h"
#include "tracker/vision/yunet_file.h"

namespace nosetip {
namespace {

constexpr int kInputMultiplePx = 32;  // the coarsest stride of the 2023 layout
constexpr int kMinInputPx = 64;       // that of the 2022 layout
constexpr std::array<int, 3> kStridesPx = {8, 16, 32};
// Faces below about 20 px are found only in an enlarged picture; beyond 4 times nothing is gained.
constexpr float kMaxEnlargement = 4.0F;
// Detectors lose faces that are much larger in their input than those that they were trained on: of
// 200 faces that fill a picture one of Nosetip missed 184 at 640 px, 5 at 320. So a picture is
// searched at a quarter of the scale as well, for faces that have this height there.
constexpr float kLargeFacePx = 48.0F;
constexpr float kMinCoarseInputPx = 100.0F;
// What is larger is searched in quarters, as memory grows with the area of the input.
constexpr float kMaxInputPx = 2048.0F;

int PaddedSide(int side_px) {
  side_px = std::max(side_px, kMinInputPx);
  return (side_px + kInputMultiplePx - 1) / kInputMultiplePx * kInputMultiplePx;
}

cv::Size Scaled(const cv::Size& size, float scale) {
  const auto side = [scale](int length) {
    return std::max(1, static_cast<int>(std::lround(scale * static_cast<float>(length))));
  };
  return {side(size.width), side(size.height)};
}

// The whole pixels of a picture whose centers lie in `region`; empty where there are none.
cv::Rect PixelsIn(const RectF& region, const Image& image) {
  // Clamped before the conversion: a region may lie further out than an int reaches.
  const auto clamped = [](float v, int side) {
    return static_cast<int>(std::clamp(std::ceil(v), 0.0F, static_cast<float>(side)));
  };
  const int left = clamped(region.x, image.width_px);
  const int top = clamped(region.y, image.height_px);
  const int right = clamped(region.x + region.width, image.width_px);
  const int bottom = clamped(region.y + region.height, image.height_px);
  return {left, top, right - left, bottom - top};
}

std::span<const float> Floats(const cv::Mat& mat) {
  Check(mat.type() == CV_32F && mat.isContinuous(), "outputs of floats");
  return {mat.ptr<float>(), mat.total()};
}

// One of four parts that overlap in the middle by a tenth of the sides.
cv::Rect Quarter(const cv::Rect& part, int column, int row) {
  const cv::Size size((11 * part.width + 19) / 20, (11 * part.height + 19) / 20);
  return {{part.x + column * (part.width - size.width), part.y + row * (part.height - size.height)},
          size};
}

// Whether `face` reaches from the quarter into the rest of the part.
bool IsCutOff(const RectF& face, const cv::Rect2f& quarter, const cv::Rect2f& part) {
  const cv::Rect2f there = cv::Rect2f{face.x, face.y, face.width, face.height} & part;
  return (there & quarter).area() < 0.999F * there.area();
}

// Which part of a picture goes into the network, and how large.
struct NetInput {
  cv::Rect part;    // of the picture
  cv::Size scaled;  // that part's size in the input, where it fills the left top corner
  cv::Size whole;   // the input's size, padded; black beyond `scaled`
};

cv::Mat MakeBlob(const Image& image, const NetInput& input) {
  cv::Mat whole(input.whole, CV_8UC3, cv::Scalar::all(0));
  cv::Mat corner = whole(cv::Rect({0, 0}, input.scaled));
  // Averaging over areas keeps fine detail from aliasing.
  const bool shrinks = input.scaled.width < input.part.width;
  cv::resize(MatView(image)(input.part), corner, input.scaled, 0, 0,
             shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
  constexpr bool kRgbToBgr = true;
  return cv::dnn::blobFromImage(whole, 1.0, {}, {}, kRgbToBgr);
}

class YuNetDetector final : public FaceDetector {
 public:
  explicit YuNetDetector(const DetectorOptions& options)
      : options_(options),
        picture_net_(ReadYuNet(options.detector)),
        region_net_(ReadYuNet(options.detector)),
        layout_(LayoutOf(picture_net_, options.detector)) {
    TryOut();
  }

  std::vector<FaceBox> Detect(const Image& image) override {
    return Search(image, DetectorInputPx(options_));
  }

  std::vector<FaceBox> DetectInPicture(const Image& image) override {
    return Search(image, PictureInputPx(options_));
  }

  std::vector<FaceBox> DetectIn(const Image& image, const RectF& region, int input_px,
                                float min_score) override {
    Check(!image.Empty(), "detection in an empty picture");
    Check(input_px > 0, "a detector input of at least a pixel");
    const RectF square = SquareAround(region, 1.0F);
    Check(square.width > 0.0F && std::isfinite(square.x + square.y + square.width),
          "detection in an empty region");
    NetInput input;
    input.part = PixelsIn(square, image);
    if (input.part.empty()) return {};
    input.whole = {PaddedSide(input_px), PaddedSide(input_px)};
    input.scaled = Scaled(input.part.size(), static_cast<float>(input_px) / square.width);
    input.scaled.width = std::min(input.scaled.width, input.whole.width);
    input.scaled.height = std::min(input.scaled.height, input.whole.height);
    return Find(region_net_, image, input, min_score);
  }

 private:
  // The image scaled to `input_px` on its longer side, and coarser.
  std::vector<FaceBox> Search(const Image& image, int input_px) {
    Check(!image.Empty(), "detection in an empty picture");
    const auto longer = static_cast<float>(std::max(image.width_px, image.height_px));
    const float scale = std::min(static_cast<float>(input_px) / longer, kMaxEnlargement);
    const cv::Rect whole(0, 0, image.width_px, image.height_px);
    std::vector<FaceBox> faces = SearchPart(image, whole, scale);
    for (float coarse = 0.25F * scale; coarse * longer >= kMinCoarseInputPx; coarse *= 0.25F) {
      for (const FaceBox& face : SearchPart(image, whole, coarse)) {
        if (coarse * face.rect.height >= kLargeFacePx) faces.push_back(face);
      }
    }
    return SuppressOverlaps(std::move(faces), options_.detector_nms_iou);
  }

  std::vector<FaceBox> SearchPart(const Image& image, const cv::Rect& part, float scale) {
    const auto longer = static_cast<float>(std::max(part.width, part.height));
    if (scale * longer < kMaxInputPx + 1.0F) {
      NetInput input;
      input.part = part;
      input.scaled = Scaled(part.size(), scale);
      input.whole = {PaddedSide(input.scaled.width), PaddedSide(input.scaled.height)};
      return Find(picture_net_, image, input, options_.detector_score);
    }
    std::vector<FaceBox> faces = SearchPart(image, part, kMaxInputPx / longer);
    for (int i = 0; i < 4; ++i) {
      const cv::Rect quarter = Quarter(part, i % 2, i / 2);
      for (const FaceBox& face : SearchPart(image, quarter, scale)) {
        if (!IsCutOff(face.rect, quarter, part)) faces.push_back(face);
      }
    }
    return SuppressOverlaps(std::move(faces), options_.detector_nms_iou);
  }

  void TryOut() {
    const Image black(kInputMultiplePx, kInputMultiplePx);
    DetectIn(black, {0.0F, 0.0F, 32.0F, 32.0F}, 2 * kInputMultiplePx, 0.5F);
  }

  std::vector<FaceBox> Find(cv::dnn::Net& net, const Image& image, const NetInput& input,
                            float min_score) const {
    std::vector<cv::Mat> outputs;
    WithOpenCv("face detector " + options_.detector, [&] {
      net.setInput(MakeBlob(image, input));
      net.forward(outputs, OutputNames(layout_));
    });
    std::vector<FaceBox> boxes =
        SuppressOverlaps(Decode(outputs, input.whole, min_score), options_.detector_nms_iou);
    const auto [part, scaled] = std::pair(cv::Rect2f(input.part), cv::Size2f(input.scaled));
    for (FaceBox& box : boxes) {
      // The decoder counts from the input's corner, the picture from its first pixel's center.
      box.rect = {box.rect.x * part.width / scaled.width + part.x - 0.5F,
                  box.rect.y * part.height / scaled.height + part.y - 0.5F,
                  box.rect.width * part.width / scaled.width,
                  box.rect.height * part.height / scaled.height};
    }
    return boxes;
  }

  // A network with YuNet's output names may still have another layout, for some sizes of its input
  // or all.
  std::vector<FaceBox> Decode(const std::vector<cv::Mat>& outputs, cv::Size size,
                              float min_score) const try {
    if (layout_ == YuNetLayout::k2022) {
      return DecodeYuNet2022({Floats(outputs[0]), Floats(outputs[1]), Floats(outputs[2])},
                             size.width, size.height, min_score);
    }
    std::array<YuNetScale, kStridesPx.size()> scales;
    for (size_t i = 0; i < scales.size(); ++i) {
      scales[i] = {kStridesPx[i], Floats(outputs[i]), Floats(outputs[i + scales.size()]),
                   Floats(outputs[i + 2 * scales.size()])};
    }
    return DecodeYuNet2023(scales, size.width, size.height, min_score);
  } catch (const std::logic_error&) {
    throw Error(
        fmt::format("face detector {} is not of the YuNet family; its outputs have other sizes{}",
                    options_.detector, kOtherDetectorRemedy));
  }

  DetectorOptions options_;
  // Two of one file: pictures and regions alternate, and cv::dnn allocates all buffers of a network
  // again when its input changes size.
  cv::dnn::Net picture_net_;
  cv::dnn::Net region_net_;
  YuNetLayout layout_;
};

}  // namespace

std::unique_ptr<FaceDetector> CreateYuNetDetector(const DetectorOptions& options) {
  Validate(options);
  return std::make_unique<YuNetDetector>(options);
}

std::vector<FaceBox> DetectWithin(FaceDetector& detector, const Image& image, const RectF& part,
                                  bool is_picture) {
  const auto detect = [&](const Image& in) {
    return is_picture ? detector.DetectInPicture(in) : detector.Detect(in);
  };
  const cv::Rect pixels = PixelsIn(part, image);
  Check(!pixels.empty(), "detection in a part of the picture");
  Image within(pixels.width, pixels.height);
  if (within.rgb.size() == image.rgb.size()) return detect(image);
  cv::Mat target = MatView(within);
  MatView(image)(pixels).copyTo(target);
  std::vector<FaceBox> boxes = detect(within);
  for (FaceBox& box : boxes) {
    box.rect.x += static_cast<float>(pixels.x);
    box.rect.y += static_cast<float>(pixels.y);
  }
  return boxes;
}

// Medians over the 2009 faces of 300-W's training pictures (LFPW, Helen, AFW), YuNet's 2023 file
// against the bounds of the hand-labeled points; its 2022 file gives the same within 0.015. The
// mapped box then overlaps the true one by 0.89 (median; 0.71 at the worst percentile), its center
// is off by 3 % of the side (standard deviation) and its longer side by 5 %.
RectF LandmarkBoxFromDetection(const RectF& detected) {
  constexpr float kWidth = 1.03F;
  constexpr float kHeight = 0.75F;
  constexpr float kDown = 0.13F;  // from center to center, in heights of the detected box
  const Point2f center = detected.Center() + Point2f{0.0F, kDown * detected.height};
  const float width = kWidth * detected.width;
  const float height = kHeight * detected.height;
  return {center.x - 0.5F * width, center.y - 0.5F * height, width, height};
}

RectF DetectionOfLandmarkBox(const RectF& box) {
  const RectF unit = LandmarkBoxFromDetection({0.0F, 0.0F, 1.0F, 1.0F});
  const float width = box.width / unit.width;
  const float height = box.height / unit.height;
  return {box.x - unit.x * width, box.y - unit.y * height, width, height};
}

}  // namespace nosetip
