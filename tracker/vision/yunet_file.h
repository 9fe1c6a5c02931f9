// Reads the ONNX files of the YuNet family.
#pragma once

#include <string>
#include <vector>

#include <opencv2/dnn.hpp>

namespace nosetip {

// The 2022 files have the outputs loc, conf and iou, those of 2023 cls, obj and bbox of each of the
// strides 8, 16 and 32.
enum class YuNetLayout { k2022, k2023 };

// What to do about a file that is none of them; the end of an error's message.
inline constexpr const char* kOtherDetectorRemedy =
    "; omit --detector for Nosetip's own detector, or name another one of the YuNet family";

// The outputs that yunet_decode.h reads, in the order of the layout.
const std::vector<std::string>& OutputNames(YuNetLayout layout);

// Throws Error for a file that is missing or cannot be read.
cv::dnn::Net ReadYuNet(const std::string& path);
// Throws Error, which names the file, for a network with other outputs.
YuNetLayout LayoutOf(const cv::dnn::Net& net, const std::string& path);

}  // namespace nosetip
