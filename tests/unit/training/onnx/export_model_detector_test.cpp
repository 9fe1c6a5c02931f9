#include <set>

#include <gtest/gtest.h>
#include <onnx/onnx_pb.h>
#include <opencv2/objdetect.hpp>

#include "tests/support/test_files.h"
#include "tests/unit/training/onnx/random_networks.h"
#include "tracker/model/detector_outputs.h"
#include "tracker/vision/face_detector.h"
#include "training/onnx/export_model.h"

namespace nosetip {
namespace {

NetworkSpec DetectorSpec() { return {kFaceDetectorArchitecture, 3, {}, 0}; }

struct Part {
  const char* name;
  int first;
  int count;
};
constexpr std::array<Part, 4> kParts = {{{"cls", kDetectorCls, 1},
                                         {"obj", kDetectorObj, 1},
                                         {"bbox", kDetectorBox, 4},
                                         {"kps", kDetectorPoints, 10}}};

// What the exported network must answer with, scale by scale: [1, cells, count].
torch::Tensor Expected(const torch::Tensor& output, const Part& part, int64_t begin,
                       int64_t cells) {
  const torch::Tensor rows =
      output.narrow(1, begin, cells).narrow(2, part.first, part.count).contiguous();
  return part.first < kDetectorBox ? rows.sigmoid() : rows;
}

void ExpectSameOutputs(Model& model, cv::dnn::Net& net, int width, int height) {
  const c10::InferenceMode inference;
  const torch::Tensor input = 255.0F * torch::rand({1, 3, height, width});
  const torch::Tensor output = model.network->forward(input);
  net.setInput(MatOf(input), "input");
  int64_t begin = 0;
  for (const int stride : kDetectorStridesPx) {
    const int64_t cells = (width / stride) * (height / stride);
    for (const Part& part : kParts) {
      const std::string name = std::string(part.name) + "_" + std::to_string(stride);
      const torch::Tensor expected = Expected(output, part, begin, cells);
      const torch::Tensor got = TensorOf(net.forward(name));
      ASSERT_EQ(got.sizes(), expected.sizes()) << name;
      const auto scale = expected.abs().max().item<double>();
      EXPECT_LT((got - expected).abs().max().item<double>(), 1e-3 * scale) << name;
    }
    begin += cells;
  }
}

TEST(ExportDetector, AnswersInOpenCvAsInLibTorchAtChangingSizes) {
  Model model = RandomModel(DetectorSpec());
  cv::dnn::Net net = ReadInOpenCv(ExportNetwork(model));
  ExpectSameOutputs(model, net, 320, 256);
  ExpectSameOutputs(model, net, 128, 128);
  ExpectSameOutputs(model, net, 64, 352);
}

// OpenCV forgives a node that leaves an input out; ONNX Runtime does not.
TEST(ExportDetector, EveryNodeReadsWhatWasThereBeforeIt) {
  onnx::ModelProto proto;
  ASSERT_TRUE(proto.ParseFromString(ExportNetwork(RandomModel(DetectorSpec())).Bytes()));
  std::set<std::string> known;
  for (const auto& input : proto.graph().input()) known.insert(input.name());
  for (const auto& constant : proto.graph().initializer()) known.insert(constant.name());
  for (const auto& node : proto.graph().node()) {
    for (const auto& input : node.input()) EXPECT_TRUE(known.contains(input)) << node.name();
    known.insert(node.output().begin(), node.output().end());
  }
  for (const auto& output : proto.graph().output()) EXPECT_TRUE(known.contains(output.name()));
}

class ExportedDetectorFile : public ::testing::Test {
 protected:
  ExportedDetectorFile() {
    WriteText(path_, ExportNetwork(RandomModel(DetectorSpec())).Bytes());
    cv::randu(picture_, 0, 256);
  }

  TempFolder folder_;
  std::string path_ = (folder_ / "detector.onnx").string();
  cv::Mat picture_ = cv::Mat(256, 320, CV_8UC3);
};

TEST_F(ExportedDetectorFile, IsADetectorOfTheTracker) {
  DetectorOptions options;
  options.detector = path_;
  options.detector_score = 0.05F;
  const auto detector = CreateYuNetDetector(options);
  Image image(320, 256);
  std::copy(picture_.datastart, picture_.dataend, image.rgb.begin());
  EXPECT_FALSE(detector->Detect(image).empty());
  EXPECT_FALSE(detector->DetectIn(image, {20, 30, 90, 80}, 128, 0.05F).empty());
}

#if CV_VERSION_MAJOR > 4 || CV_VERSION_MINOR >= 8
TEST_F(ExportedDetectorFile, IsReadByOpenCvsOwnDetector) {
  const auto detector = cv::FaceDetectorYN::create(path_, "", picture_.size(), 0.05F);
  cv::Mat faces;
  detector->detect(picture_, faces);
  EXPECT_GT(faces.rows, 0);
  detector->setInputSize({128, 160});
  detector->detect(picture_(cv::Rect(0, 0, 128, 160)), faces);
  EXPECT_GT(faces.rows, 0);
}
#endif

}  // namespace
}  // namespace nosetip
