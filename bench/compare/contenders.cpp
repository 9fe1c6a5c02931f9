#include "bench/compare/contenders.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string_view>
#include <utility>

#include <fmt/core.h>
#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>

#include "bench/compare/dlib_faces.h"
#include "bench/compare/speed_table.h"
#include "tracker/core/error.h"
#include "tracker/model/landmarker.h"
#include "tracker/tracking/tracker.h"
#include "tracker/vision/face_detector.h"

namespace nosetip {
namespace {

std::string OpenCvThreads() { return fmt::format("OpenCV's threads: {}", cv::getNumThreads()); }

std::string HowItFollows(const TrackerOptions& options) {
  return fmt::format(
      "follows each face; searches for further ones in one of {} frames; runs its detector on a "
      "followed one where points jump or have low confidence, or {} frames after a search last "
      "found it",
      options.detect_interval, options.confirm_interval);
}

Contender NosetipContender(const ContenderFiles& files) {
  DeviceChoice device = ChooseDevice(files.device, files.precision);
  device.insisted = true;  // figures of another device would be mistaken for its own
  auto landmarker = LoadLandmarker(files.model, device, files.threads);
  const TrackerOptions options;
  std::string how = fmt::format("{}; {} on {}: {}; {}", HowItFollows(options), files.model,
                                device.name, landmarker->HowItRuns(), OpenCvThreads());
  DetectorOptions detector;
  detector.detector = files.detector;
  auto tracker =
      std::make_shared<Tracker>(CreateYuNetDetector(detector), std::move(landmarker), options);
  auto taken = std::make_shared<const Frame*>(nullptr);
  return {std::move(how), [taken](const Frame& frame) { *taken = &frame; },
          [taken, tracker] { return static_cast<int>(tracker->Step(**taken).faces.size()); }};
}

Contender DlibContender(const ContenderFiles& files) {
  auto dlib = std::make_shared<DlibFaces>(files.model);
  auto taken = std::make_shared<const Frame*>(nullptr);
  const auto find = [taken, dlib] {
    const Image& image = (*taken)->image;
    const std::vector<RectF> boxes = dlib->Detect(image);
    for (const RectF& box : boxes) dlib->Locate(image, box);
    return static_cast<int>(boxes.size());
  };
  return {
      "detector on the whole frame, then 68 points of each face, in every frame, as in its "
      "webcam_face_pose_ex.cpp; 1 thread",
      [taken](const Frame& frame) { *taken = &frame; }, find};
}

cv::Mat Bgr(const Frame& frame) {
  const Image& image = frame.image;
  const cv::Mat rgb(image.height_px, image.width_px, CV_8UC3,
                    const_cast<uint8_t*>(image.rgb.data()));
  cv::Mat bgr;
  cv::cvtColor(rgb, bgr, cv::COLOR_RGB2BGR);
  return bgr;
}

// For files that OpenCV's own class cannot read, such as YuNet 2023 with OpenCV 4.6.
Contender YuNetOverNosetip(const ContenderFiles& files) {
  auto taken = std::make_shared<const Frame*>(nullptr);
  auto detector = std::make_shared<std::unique_ptr<FaceDetector>>();
  const auto take = [taken, detector, file = files.model](const Frame& frame) {
    *taken = &frame;
    if (*detector) return;
    DetectorOptions options;
    options.detector = file;
    const int longer = std::max(frame.image.width_px, frame.image.height_px);
    options.detector_input_px = std::min(2048, (longer + 31) / 32 * 32);
    *detector = CreateYuNetDetector(options);
  };
  return {
      "only boxes and 5 points, on the whole frame in every frame; cv::dnn and Nosetip's "
      "decoder, since this OpenCV's FaceDetectorYN cannot read the file; " +
          OpenCvThreads(),
      take,
      [taken, detector] { return static_cast<int>((*detector)->Detect((*taken)->image).size()); }};
}

Contender YuNetContender(const ContenderFiles& files) {
  constexpr float kScore = 0.6F;
  cv::Ptr<cv::FaceDetectorYN> net;
  try {
    net = cv::FaceDetectorYN::create(files.model, "", {64, 64}, kScore);
    cv::Mat faces;
    net->detect(cv::Mat::zeros(64, 64, CV_8UC3), faces);
  } catch (const cv::Exception&) {
    return YuNetOverNosetip(files);
  }
  auto bgr = std::make_shared<cv::Mat>();
  const auto take = [bgr, net](const Frame& frame) {
    *bgr = Bgr(frame);
    net->setInputSize(bgr->size());
  };
  return {"only boxes and 5 points, on the whole frame in every frame; OpenCV's FaceDetectorYN; " +
              OpenCvThreads(),
          take, [bgr, net] {
            cv::Mat faces;
            net->detect(*bgr, faces);
            return faces.rows;
          }};
}

}  // namespace

std::string ContenderName(const ContenderFiles& files) {
  if (files.kind == "dlib") return std::string(kDlibName);
  const std::string stem = std::filesystem::path(files.model).stem().string();
  if (files.kind == "nosetip") return std::string(kNosetipPrefix) + stem;
  constexpr std::string_view kOpenCvPrefix = "face_detection_";  // of OpenCV's model zoo
  return stem.starts_with(kOpenCvPrefix) ? stem.substr(kOpenCvPrefix.size()) : stem;
}

Contender MakeContender(const ContenderFiles& files) {
  if (files.kind == "nosetip") return NosetipContender(files);
  if (files.kind == "dlib") return DlibContender(files);
  if (files.kind == "yunet") return YuNetContender(files);
  throw Error(
      fmt::format("unknown contender '{}'; use one of nosetip, dlib and yunet", files.kind));
}

}  // namespace nosetip
