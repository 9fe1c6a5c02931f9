#include "training/onnx/export_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <onnx/onnx_pb.h>

#include "tests/support/test_files.h"
#include "tests/unit/training/onnx/random_networks.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

class ExportModelTest : public ::testing::Test {
 protected:
  std::string ErrorOf(const std::filesystem::path& onnx) const {
    try {
      ExportModel(model_, onnx);
    } catch (const Error& error) {
      return error.what();
    }
    return "no error";
  }

  void SaveSmallModel() const {
    Model model = RandomModel({"resnet18", 1, SizePx::Square(64), 58});
    model.meta.schema = "imm58";
    model.meta.crop_margin = 1.25F;
    model.meta.about = {{"data", "made up"}};
    SaveModel(model_, model, /*half=*/true);
  }

  TempFolder folder_;
  std::filesystem::path model_ = folder_ / "net.safetensors";
  std::filesystem::path onnx_ = folder_ / "net.onnx";
};

std::string Sides(const onnx::ValueInfoProto& value) {
  std::string text = value.name();
  for (const auto& side : value.type().tensor_type().shape().dim()) {
    text += " " + (side.dim_param().empty() ? std::to_string(side.dim_value()) : side.dim_param());
  }
  return text;
}

TEST_F(ExportModelTest, SaysInTheFileWhatItIs) {
  SaveSmallModel();
  ExportModel(model_, onnx_);
  onnx::ModelProto proto;
  ASSERT_TRUE(proto.ParseFromString(ReadText(onnx_)));
  EXPECT_EQ(proto.producer_name(), "nosetip-train");
  EXPECT_LE(proto.ir_version(), 8);
  EXPECT_EQ(proto.opset_import(0).version(), kOnnxOpset);
  EXPECT_EQ(Sides(proto.graph().input(0)), "image faces 1 64 64");
  EXPECT_EQ(Sides(proto.graph().output(0)), "points faces 58 2");
  std::map<std::string, std::string> metadata;
  for (const auto& entry : proto.metadata_props()) metadata[entry.key()] = entry.value();
  EXPECT_THAT(metadata, UnorderedElementsAre(
                            Pair("architecture", "resnet18"), Pair("schema", "imm58"),
                            Pair("view", "face"), Pair("normalisation", "grey/255-0.5"),
                            Pair("crop_margin", "1.250"), Pair("about", "{\"data\":\"made up\"}")));
}

TEST_F(ExportModelTest, ReplacesAnOlderFileAndLeavesNothingElse) {
  SaveSmallModel();
  WriteText(onnx_, "older");
  ExportModel(model_, onnx_);
  EXPECT_GT(std::filesystem::file_size(onnx_), 1000U);
  int files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
    ++files;
  }
  EXPECT_EQ(files, 2);
}

TEST_F(ExportModelTest, NamesABrokenModel) {
  EXPECT_THAT(ErrorOf(onnx_), HasSubstr(model_.string() + " does not exist"));
  WriteText(model_, "no model");
  EXPECT_THAT(ErrorOf(onnx_), HasSubstr(model_.string() + " is not a Nosetip model"));
  EXPECT_FALSE(std::filesystem::exists(onnx_));
}

TEST_F(ExportModelTest, NamesAFileThatCannotBeWritten) {
  SaveSmallModel();
  const std::filesystem::path absent = folder_ / "absent/net.onnx";
  EXPECT_THAT(ErrorOf(absent), HasSubstr(absent.string() + " cannot be written"));
}

TEST_F(ExportModelTest, NeverReplacesTheModelItself) {
  SaveSmallModel();
  const std::string before = ReadText(model_);
  EXPECT_THAT(ErrorOf(folder_.path() / "." / "net.safetensors"), HasSubstr("is the model itself"));
  EXPECT_EQ(ReadText(model_), before);
}

TEST_F(ExportModelTest, MovesADetectorsScores) {
  SaveModel(model_, RandomModel({kFaceDetectorArchitecture, 3, 0, 0}), /*half=*/false);
  ExportModel(model_, onnx_);
  const std::filesystem::path moved = folder_ / "moved.onnx";
  ExportModel(model_, moved, 0.8);
  const torch::Tensor picture = 255.0F * torch::rand({1, 3, 64, 96});
  for (const char* name : {"cls_8", "obj_16", "cls_32"}) {
    const auto answer = [&](const std::filesystem::path& path) {
      cv::dnn::Net net = cv::dnn::readNetFromONNX(path.string());
      net.setInput(MatOf(picture), "input");
      return TensorOf(net.forward(name));
    };
    // Odds of 4 (0.8) become odds of 1.5 (0.6).
    const torch::Tensor odds = torch::exp(torch::logit(answer(onnx_))) * (1.5 / 4.0);
    EXPECT_TRUE(torch::allclose(answer(moved), odds / (1.0 + odds), 1e-3, 1e-6)) << name;
  }
}

TEST_F(ExportModelTest, MovesNoScoreOfANetworkThatHasNone) {
  SaveSmallModel();
  try {
    ExportModel(model_, onnx_, 0.8);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("--face-score"));
  }
  EXPECT_FALSE(std::filesystem::exists(onnx_));
}

}  // namespace
}  // namespace nosetip
