#include "tracker/core/environment.h"

#include <cstdlib>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/test_files.h"

namespace nosetip {
namespace {

constexpr const char* kInformation =
    "Model: \t\t Some GPU 80GB\nIRQ:   \t\t 39\nGPU UUID: \t GPU-1\n";

TEST(GpuModel, IsWhatTheDriverSays) {
  const TempFolder gpus;
  WriteText(gpus / "0000:01:00.0/information", kInformation);
  EXPECT_EQ(GpuModel(gpus.path()), "Some GPU 80GB");
  WriteText(gpus / "0000:02:00.0/information", kInformation);
  EXPECT_EQ(GpuModel(gpus.path()), "Some GPU 80GB");
}

TEST(GpuModel, IsEmptyWhereItIsNotKnown) {
  const TempFolder gpus;
  EXPECT_EQ(GpuModel(gpus / "nowhere"), "");
  EXPECT_EQ(GpuModel(gpus.path()), "");
  WriteText(gpus / "0000:01:00.0/information", kInformation);
  WriteText(gpus / "0000:02:00.0/information", "Model: Another\n");
  EXPECT_EQ(GpuModel(gpus.path()), "");
}

TEST(ThisEnvironment, NamesTheProcessor) { EXPECT_NE(ThisEnvironment().processor, ""); }

// Sets or clears NOSETIP_ASSETS for one test.
class AssetsVariable {
 public:
  explicit AssetsVariable(const char* value) {
    if (const char* before = std::getenv(kName)) before_ = before;
    Set(value);
  }
  ~AssetsVariable() { Set(before_ ? before_->c_str() : nullptr); }
  AssetsVariable(const AssetsVariable&) = delete;
  AssetsVariable& operator=(const AssetsVariable&) = delete;

 private:
  static constexpr const char* kName = "NOSETIP_ASSETS";
  static void Set(const char* value) {
    if (value == nullptr) {
      unsetenv(kName);
    } else {
      setenv(kName, value, 1);
    }
  }
  std::optional<std::string> before_;
};

TEST(AssetPath, LiesWhereTheEnvironmentSays) {
  const AssetsVariable variable("/somewhere/assets");
  EXPECT_EQ(AssetPath("models/face68.safetensors"), "/somewhere/assets/models/face68.safetensors");
}

TEST(AssetPath, EndsInTheNameBelowAssetsWithoutTheVariable) {
  const AssetsVariable variable(nullptr);
  const std::filesystem::path path = AssetPath("models/face68.safetensors");
  EXPECT_TRUE(path.string().ends_with("assets/models/face68.safetensors")) << path;
}

TEST(AssetPath, AnEmptyVariableCountsAsNone) {
  std::filesystem::path without;
  {
    const AssetsVariable variable(nullptr);
    without = AssetPath("x");
  }
  const AssetsVariable variable("");
  EXPECT_EQ(AssetPath("x"), without);
}

}  // namespace

}  // namespace nosetip
