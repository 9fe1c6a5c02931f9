#include "tracker/model/checkpoint.h"

#include <cmath>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"
#include "tracker/core/error.h"
#include "tracker/model/tensor_file.h"

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
  std::filesystem::path path_ = folder_ / "net.safetensors";
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
  EXPECT_THAT(MessageOfLoading(path_), HasSubstr("its activation ranges do not fit its network"));
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
  EXPECT_THAT(MessageOfLoading(path_), HasSubstr(path_.string() + " is not a model"));
}

TEST_F(Checkpoint, NamesATensorFileThatIsNoModel) {
  WriteTensors(path_, {{"format", "pt"}}, {{"weight", torch::ones({3})}});
  EXPECT_THAT(MessageOfLoading(path_), HasSubstr(path_.string() + " is not a model of Nosetip"));
}

TEST_F(Checkpoint, NamesATruncatedFileWhereverItIsCut) {
  SaveModel(path_, SmallModel(), true);
  const auto whole = std::filesystem::file_size(path_);
  for (const double part : {0.01, 0.5, 0.9, 0.999}) {
    std::filesystem::resize_file(path_, static_cast<uintmax_t>(part * static_cast<double>(whole)));
    EXPECT_THAT(MessageOfLoading(path_), HasSubstr("truncated or damaged")) << part;
  }
}

// What a file with these changes to the description of a model, and no weights, is refused for.
std::string MessageOfDescription(const std::filesystem::path& path, const Metadata& changes) {
  SaveModel(path, SmallModel(), true);
  Metadata metadata = SafetensorsFile(path, "model").content().metadata;
  for (const auto& [name, value] : changes) metadata[name] = value;
  WriteTensors(path, metadata, {});
  return MessageOfLoading(path);
}

TEST_F(Checkpoint, RefusesAnUnknownArchitectureByName) {
  EXPECT_THAT(MessageOfDescription(path_, {{"architecture", "resnet99"}}),
              HasSubstr("unknown network architecture 'resnet99'"));
}

TEST_F(Checkpoint, RefusesAnotherFormatVersion) {
  EXPECT_THAT(MessageOfDescription(path_, {{"format_version", "3"}}),
              HasSubstr("model format version 3"));
}

TEST_F(Checkpoint, RefusesADescriptionThatIsOutOfRange) {
  EXPECT_THAT(MessageOfDescription(path_, {{"input_width_px", "2000000000"}}),
              HasSubstr("input 2000000000x64 px"));
  EXPECT_THAT(MessageOfDescription(path_, {{"points", "68.5"}}), HasSubstr("'68.5', not a number"));
  EXPECT_THAT(MessageOfDescription(path_, {{"crop_margin", "nan"}}), HasSubstr("margin nan"));
  EXPECT_THAT(MessageOfDescription(path_, {{"about", std::string(200'000, '[')}}),
              HasSubstr("levels"));
}

TEST_F(Checkpoint, RefusesAModelWithoutItsWeights) {
  EXPECT_THAT(MessageOfDescription(path_, {}), HasSubstr("has no tensor 'conv1.weight'"));
}

TEST_F(Checkpoint, RefusesWeightsThatAreNotFinite) {
  Model model = SmallModel();
  const torch::NoGradGuard no_grad;
  model.network->parameters().front().view({-1})[7] = NAN;
  SaveModel(path_, model, false);
  EXPECT_THAT(MessageOfLoading(path_),
              HasSubstr("'conv1.weight' holds numbers that are not finite"));
}

TEST_F(Checkpoint, ReadsTheDescriptionWithoutTheWeights) {
  SaveModel(path_, SmallModel(), true);
  EXPECT_EQ(ReadModelMeta(path_).network.input_px, SizePx::Square(64));
}

TEST_F(Checkpoint, NamesAFolderThatCannotBeWrittenTo) {
  EXPECT_THAT(MessageOf([&] { SaveModel(folder_ / "absent/net.safetensors", SmallModel(), true); }),
              HasSubstr("absent/net.safetensors cannot be written"));
}

}  // namespace
}  // namespace nosetip
