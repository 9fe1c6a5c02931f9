#include "tracker/vision/yunet_file.h"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "tracker/core/error.h"
#include "tracker/core/readable_file.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {

const std::vector<std::string>& OutputNames(YuNetLayout layout) {
  static const std::vector<std::string> k2022 = {"loc", "conf", "iou"};
  static const std::vector<std::string> k2023 = {"cls_8",  "cls_16", "cls_32",  "obj_8",  "obj_16",
                                                 "obj_32", "bbox_8", "bbox_16", "bbox_32"};
  return layout == YuNetLayout::k2022 ? k2022 : k2023;
}

cv::dnn::Net ReadYuNet(const std::string& path) {
  if (path.empty()) throw Error(std::string("no face detector is given") + kOtherDetectorRemedy);
  std::vector<uint8_t> bytes;
  try {
    bytes = ReadWholeFile(path);
  } catch (const Error& e) {
    throw Error(fmt::format("face detector {}{}", e.what(), kOtherDetectorRemedy));
  }
  QuietOpenCv();
  try {
    return cv::dnn::readNetFromONNX(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  } catch (const cv::Exception& e) {
    throw Error(fmt::format(
        "face detector {} is not an ONNX file that OpenCV can read, or is truncated ({}){}", path,
        e.err, kOtherDetectorRemedy));
  }
}

YuNetLayout LayoutOf(const cv::dnn::Net& net, const std::string& path) {
  const std::vector<std::string> there = net.getUnconnectedOutLayersNames();
  for (const YuNetLayout layout : {YuNetLayout::k2023, YuNetLayout::k2022}) {
    const auto& wanted = OutputNames(layout);
    const bool has_all = std::ranges::all_of(
        wanted, [&](const auto& name) { return std::ranges::find(there, name) != there.end(); });
    if (has_all) return layout;
  }
  throw Error(
      fmt::format("face detector {} is not of the YuNet family; its outputs are {}, in place of "
                  "cls_8 to bbox_32 "
                  "(2023) or loc, conf, iou (2022){}",
                  path, fmt::join(there, ", "), kOtherDetectorRemedy));
}

}  // namespace nosetip
