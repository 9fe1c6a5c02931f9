// The shipped models on a GPU answer as they do on the CPU. Skipped where there is none.
#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tracker/core/environment.h"
#include "tracker/model/landmarker.h"
#include "tracker/sources/pictures.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

class ModelsOnTheGpu : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const DeviceChoice found = ChooseDevice("auto");
    if (found.kind != DeviceKind::kCuda) GTEST_SKIP() << found.reason;
  }
  static std::string Path() {
    return AssetPath(std::string("models/") + GetParam() + ".safetensors").string();
  }
  static std::unique_ptr<Landmarker> On(const std::string& device, const std::string& precision) {
    return LoadLandmarker(Path(), ChooseDevice(device, precision), 1);
  }
  // The portrait's face, moved and scaled a little by the number.
  static RectF Box(size_t i) {
    const float size = 92.0F + static_cast<float>(i % 7);
    return {170.0F + static_cast<float>(i % 5), 76.0F + static_cast<float>(i % 3), size, size};
  }
  static std::vector<RectF> Boxes(size_t n) {
    std::vector<RectF> boxes;
    for (size_t i = 0; i < n; ++i) boxes.push_back(Box(i));
    return boxes;
  }
  // The largest distance of a point, in pixels of the picture.
  static float Apart(const std::vector<Landmarks>& some, const std::vector<Landmarks>& others) {
    EXPECT_EQ(some.size(), others.size());
    float most = 0.0F;
    for (size_t i = 0; i < some.size(); ++i) {
      for (size_t k = 0; k < some[i].points_px.size(); ++k) {
        most = std::max(most, Distance(some[i].points_px[k], others[i].points_px[k]));
      }
    }
    return most;
  }

  Image portrait_ = ReadPicture(AssetPath("samples/astronaut.png").string());
};

INSTANTIATE_TEST_SUITE_P(Shipped, ModelsOnTheGpu, ::testing::Values("face68", "face68-fast"),
                         [](const auto& test) {
                           const std::string name = test.param;
                           return name == "face68" ? std::string("Face68") : std::string("Fast");
                         });

TEST_P(ModelsOnTheGpu, AnswerAsOnTheCpuForAnyNumberOfFaces) {
  const auto on_cpu = On("cpu", "float32");
  const auto in_half = On("cuda", "auto");
  const auto in_float = On("cuda", "float32");
  EXPECT_THAT(in_half->HowItRuns(), HasSubstr("half precision"));
  for (const size_t n : {1, 2, 3, 7, 16, 33, 40}) {
    const std::vector<RectF> boxes = Boxes(n);
    const auto wanted = on_cpu->Locate(portrait_, boxes);
    EXPECT_LT(Apart(in_half->Locate(portrait_, boxes), wanted), 0.25F) << n << " faces";
    EXPECT_LT(Apart(in_float->Locate(portrait_, boxes), wanted), 0.02F) << n << " faces";
  }
}

TEST_P(ModelsOnTheGpu, RepeatWhatTheyHaveRecorded) {
  EXPECT_THAT(On("cuda", "auto")->HowItRuns(), HasSubstr(", CUDA graphs"));
}

TEST_P(ModelsOnTheGpu, ShareItBetweenThreads) {
  const auto landmarkers = LoadLandmarkers(Path(), ChooseDevice("cuda"), 3, 0);
  const std::vector<Landmarks> wanted = landmarkers.front()->Locate(portrait_, Boxes(4));
  std::vector<float> apart(landmarkers.size());
  {
    std::vector<std::jthread> threads;
    for (size_t i = 0; i < landmarkers.size(); ++i) {
      threads.emplace_back([&, i] {
        for (int round = 0; round < 50; ++round) {
          apart[i] = std::max(apart[i], Apart(landmarkers[i]->Locate(portrait_, Boxes(4)), wanted));
        }
      });
    }
  }
  for (const float one : apart) EXPECT_LT(one, 0.05F);
}

TEST_P(ModelsOnTheGpu, TakePicturesOfAnySize) {
  const auto on_cpu = On("cpu", "float32");
  const auto on_gpu = On("cuda", "auto");
  for (const int scale : {1, 3, 9}) {
    Image large(portrait_.width_px * scale, portrait_.height_px * scale);
    for (int y = 0; y < large.height_px; ++y) {
      for (int x = 0; x < large.width_px; ++x) {
        std::copy_n(portrait_.At(x / scale, y / scale), 3, large.At(x, y));
      }
    }
    const RectF face = Box(0);
    const auto by = static_cast<float>(scale);
    const std::vector<RectF> box = {{face.x * by, face.y * by, face.width * by, face.height * by}};
    const auto wanted = on_cpu->Locate(large, box);
    EXPECT_LT(Apart(on_gpu->Locate(large, box), wanted), 0.25F * by) << scale << " times as large";
  }
}

}  // namespace
}  // namespace nosetip
