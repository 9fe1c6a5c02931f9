#include "tracker/model/model_lookup.h"

#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"
#include "tracker/core/environment.h"
#include "tracker/model/checkpoint.h"
#include "tracker/model/networks.h"

namespace nosetip {
namespace {

// A small network answers at once; one of this many pixels takes a tenth of a second or more.
constexpr int kHugePx = 1024;

class AutoModelTest : public ::testing::Test {
 protected:
  std::string Save(const std::string& name, const NetworkSpec& spec) const {
    Model model;
    model.meta.network = spec;
    model.meta.schema = "ibug68";
    model.network = BuildNetwork(spec);
    SaveModel(folder_ / name, model, /*half=*/false);
    return (folder_ / name).string();
  }

  TempFolder folder_;
  std::string quick_ = Save("quick.safetensors", {"conv3", 1, SizePx::Square(32), 68});
  std::string slow_ =
      Save("slow.safetensors", {"resnet18_half_maps", 1, SizePx::Square(kHugePx), 68});
  DeviceChoice cpu_ = ChooseDevice("cpu");
};

TEST_F(AutoModelTest, TakesTheAccurateOneWhereItIsFastEnough) {
  const LoadedModel loaded = LoadModelFor("auto", cpu_, 1, 1, Pace::kLive, {quick_, slow_});
  EXPECT_EQ(loaded.path, quick_);
  EXPECT_NE(loaded.reason.find(" ms per face here"), std::string::npos) << loaded.reason;
  ASSERT_EQ(loaded.landmarkers.size(), 1U);
  EXPECT_EQ(loaded.landmarkers.front()->schema().name, "ibug68");
}

TEST_F(AutoModelTest, TakesTheFastOneWhereFramesDoNotWait) {
  const LoadedModel loaded = LoadModelFor("auto", cpu_, 1, 1, Pace::kLive, {slow_, quick_});
  EXPECT_EQ(loaded.path, quick_);
  EXPECT_NE(loaded.reason.find("slow.safetensors takes"), std::string::npos) << loaded.reason;
}

TEST_F(AutoModelTest, FilesGetTheAccurateOneOnAnyMachine) {
  const LoadedModel loaded = LoadModelFor("auto", cpu_, 1, 1, Pace::kReproducible, {slow_, quick_});
  EXPECT_EQ(loaded.path, slow_);
}

TEST_F(AutoModelTest, SaysThatTheFastOneIsMissing) {
  const AutoModels models{slow_, (folder_ / "nowhere.safetensors").string()};
  const LoadedModel loaded = LoadModelFor("auto", cpu_, 1, 1, Pace::kLive, models);
  EXPECT_EQ(loaded.path, slow_);
  EXPECT_NE(loaded.reason.find("nowhere.safetensors"), std::string::npos) << loaded.reason;
}

TEST_F(AutoModelTest, AskedForIsAskedFor) {
  const LoadedModel loaded = LoadModelFor(slow_, cpu_, 1, 1, Pace::kLive, {quick_, quick_});
  EXPECT_EQ(loaded.path, slow_);
  EXPECT_EQ(loaded.reason, "");
}

TEST_F(AutoModelTest, ShippedModelsGoByTheirNames) {
  for (const char* name : {"face58", "face58.safetensors"}) {
    const LoadedModel loaded = LoadModelFor(name, cpu_, 1, 1, Pace::kLive);
    EXPECT_EQ(loaded.path, AssetPath("models/face58.safetensors").string());
    EXPECT_EQ(loaded.landmarkers.front()->schema().name, "imm58");
  }
}

TEST_F(AutoModelTest, NamesWhatIsNotThere) {
  const std::string message = MessageOf([&] { LoadModelFor("face69", cpu_, 1, 1, Pace::kLive); });
  EXPECT_NE(message.find("face69"), std::string::npos) << message;
}

TEST(LandmarkFile, NamesTheModelsWhereThereIsNoneOfThatName) {
  EXPECT_TRUE(LandmarkFile("nose").ends_with("nose.safetensors"));
  EXPECT_EQ(MessageOf([] { LandmarkFile("noze"); }),
            "there is no model noze; did you mean nose? Give a file, or one of face58, face68, "
            "face68-fast, nose, auto.");
  EXPECT_EQ(LandmarkFile("mine.safetensors"), "mine.safetensors");
  EXPECT_EQ(LandmarkFile("my/model"), "my/model");
}

}  // namespace
}  // namespace nosetip
