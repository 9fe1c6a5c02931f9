#include "tracker/model/checkpoint.h"

#include <fstream>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

Model SmallModel() {
  torch::manual_seed(3);
  Model model;
  model.meta.network.input_px = SizePx::Square(64);
  model.meta.crop_margin = 1.25F;
  model.meta.about = {{"data", "made up"}};
  model.network = BuildNetwork(model.meta.network);
  model.network->eval();
  return model;
}

torch::Tensor Answer(Model& model) {
  const torch::NoGradGuard no_grad;
  torch::manual_seed(5);
  return model.network->forward(torch::rand({2, 1, 64, 64}) - 0.5);
}

std::string MessageOfLoading(const std::filesystem::path& path) {
  return MessageOf([&] { LoadModel(path); });
}

class Checkpoint : public ::testing::Test {
 protected:
  TempFolder folder_;
  std::filesystem::path path_ = folder_ / "net.ntm";
};

TEST_F(Checkpoint, GivesTheSameAnswersAfterARoundTrip) {
  Model model = SmallModel();
  const torch::Tensor before = Answer(model);
  SaveModel(path_, model, /*half=*/false);
  Model loaded = LoadModel(path_);
  EXPECT_TRUE(torch::equal(Answer(loaded), before));
  EXPECT_EQ(loaded.meta.schema, "ibug68");
  EXPECT_EQ(loaded.meta.network.input_px, SizePx::Square(64));
  EXPECT_EQ(loaded.meta.crop_margin, 1.25F);
  EXPECT_EQ(loaded.meta.about.at("data"), "made up");
}

TEST_F(Checkpoint, KeepsARectangleAndItsView) {
  Model model;
  model.meta.network = {"conv5_bn", 1, {160, 120}, 58};
  model.meta.schema = "imm58";
  model.meta.view = CropView::kPicture;
  model.network = BuildNetwork(model.meta.network);
  SaveModel(path_, model, true);
  const Model loaded = LoadModel(path_);
  EXPECT_EQ(loaded.meta.network.input_px, (SizePx{160, 120}));
  EXPECT_EQ(loaded.meta.view, CropView::kPicture);
}

Model ModelWithRanges(size_t count) {
  Model model;
  model.meta.network = {"resnet18_half_maps", 1, SizePx::Square(64), 68};
  for (size_t i = 0; i < count; ++i) {
    const auto low = -0.5F * static_cast<float>(i);
    model.meta.ranges.push_back({low, low + 2.25F});
  }
  model.network = BuildNetwork(model.meta.network);
  return model;
}

TEST_F(Checkpoint, KeepsTheRangesOfActivations) {
  SaveModel(path_, ModelWithRanges(kScoreMapRanges), true);
  const Model loaded = LoadModel(path_);
  ASSERT_EQ(loaded.meta.ranges.size(), kScoreMapRanges);
  EXPECT_EQ(loaded.meta.ranges[3].low, -1.5F);
  EXPECT_EQ(loaded.meta.ranges[3].high, 0.75F);
}

TEST_F(Checkpoint, NamesRangesThatDoNotFitTheNetwork) {
  SaveModel(path_, ModelWithRanges(kScoreMapRanges - 1), true);
  EXPECT_THAT(MessageOfLoading(path_),
              HasSubstr(path_.string() + " has activation ranges that do not fit its network"));
  Model reversed = ModelWithRanges(kScoreMapRanges);
  std::swap(reversed.meta.ranges[5].low, reversed.meta.ranges[5].high);
  SaveModel(path_, reversed, true);
  EXPECT_THAT(MessageOfLoading(path_), HasSubstr("do not fit its network"));
}

TEST_F(Checkpoint, HalfPrecisionHalvesTheFileAndMovesPointsLittle) {
  Model model = SmallModel();
  const torch::Tensor before = Answer(model);
  SaveModel(path_, model, false);
  const auto full_size = std::filesystem::file_size(path_);
  SaveModel(path_, model, true);
  EXPECT_LT(std::filesystem::file_size(path_), full_size * 6 / 10);
  Model loaded = LoadModel(path_);
  const auto moved_px = 64.0 * (Answer(loaded) - before).abs().max().item<double>();
  EXPECT_LT(moved_px, 0.5);
}

TEST_F(Checkpoint, LeavesNoPartialFileBehind) {
  const Model model = SmallModel();
  SaveModel(path_, model, true);
  int files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
    ++files;
  }
  EXPECT_EQ(files, 1);
}

TEST_F(Checkpoint, NamesAMissingFile) {
  EXPECT_THAT(MessageOfLoading(path_), HasSubstr(path_.string() + " does not exist"));
}

TEST_F(Checkpoint, NamesAnEmptyFile) {
  WriteText(path_, "");
  EXPECT_THAT(MessageOfLoading(path_), HasSubstr(path_.string() + " is empty"));
}

TEST_F(Checkpoint, NamesAFolder) {
  EXPECT_THAT(MessageOfLoading(folder_.path()), HasSubstr("is a folder"));
}

TEST_F(Checkpoint, NamesAFileOfAnotherKind) {
  WriteText(path_, "not a model at all");
  EXPECT_THAT(MessageOfLoading(path_), HasSubstr(path_.string() + " is not a Nosetip model"));
}

TEST_F(Checkpoint, NamesATruncatedFileWhereverItIsCut) {
  SaveModel(path_, SmallModel(), true);
  const auto whole = std::filesystem::file_size(path_);
  for (const double part : {0.01, 0.5, 0.9, 0.999}) {
    std::filesystem::resize_file(path_, static_cast<uintmax_t>(part * static_cast<double>(whole)));
    EXPECT_THAT(MessageOfLoading(path_), HasSubstr("truncated or damaged")) << part;
  }
}

TEST_F(Checkpoint, RefusesAnUnknownArchitectureByName) {
  const Model model = SmallModel();
  torch::serialize::OutputArchive archive;
  SaveModel(path_, model, true);
  const std::string meta = OpenArchive(path_, "model").meta;
  std::string other = meta;
  other.replace(other.find("resnet18"), 8, "resnet99");
  archive.write("meta", c10::IValue(other));
  WriteArchive(path_, archive);
  EXPECT_THAT(MessageOfLoading(path_), HasSubstr("unknown network architecture 'resnet99'"));
}

TEST_F(Checkpoint, RefusesAnotherFormatVersion) {
  SaveModel(path_, SmallModel(), true);
  std::string meta = OpenArchive(path_, "model").meta;
  const std::string version = "\"format_version\":1";
  meta.replace(meta.find(version), version.size(), "\"format_version\":2");
  torch::serialize::OutputArchive archive;
  archive.write("meta", c10::IValue(meta));
  WriteArchive(path_, archive);
  EXPECT_THAT(MessageOfLoading(path_), HasSubstr("model format version 2"));
}

TEST_F(Checkpoint, RefusesAModelWithoutItsWeights) {
  SaveModel(path_, SmallModel(), true);
  torch::serialize::OutputArchive archive;
  archive.write("meta", c10::IValue(OpenArchive(path_, "model").meta));
  WriteArchive(path_, archive);
  EXPECT_THAT(MessageOfLoading(path_), HasSubstr("has no weight 'conv1.weight'"));
}

TEST_F(Checkpoint, NamesAFolderThatCannotBeWrittenTo) {
  EXPECT_THAT(MessageOf([&] { SaveModel(folder_ / "absent/net.ntm", SmallModel(), true); }),
              HasSubstr("absent/net.ntm cannot be written"));
}

}  // namespace
}  // namespace nosetip
