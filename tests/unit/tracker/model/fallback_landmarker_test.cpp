#include "tracker/model/fallback_landmarker.h"

#include <cmath>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;

// Answers with one point, `says` to the right, and fails where it is told.
class PlainLandmarker final : public Landmarker {
 public:
  explicit PlainLandmarker(float says) : says_(says) {}
  ~PlainLandmarker() override {
    if (gone_ != nullptr) *gone_ = true;
  }
  const LandmarkSchema& schema() const override { return Nose1(); }
  std::string HowItRuns() const override { return "says " + std::to_string(std::lround(says_)); }
  std::vector<Landmarks> Locate(const Image&, std::span<const RectF> boxes) override {
    if (fail_) fail_();
    return std::vector<Landmarks>(boxes.size(), Landmarks{{{says_, 0.0F}}});
  }

  std::function<void()> fail_;
  bool* gone_ = nullptr;

 private:
  float says_;
};

class FallbackLandmarkerTest : public ::testing::Test {
 protected:
  FallbackLandmarkerTest() {
    auto first = std::make_unique<PlainLandmarker>(1.0F);
    first_ = first.get();
    first_->gone_ = &first_gone_;
    landmarker_ = std::make_unique<FallbackLandmarker>(
        std::move(first),
        [this](const std::string& failure) {
          failures_.push_back(failure);
          if (insisted_) throw Error("the GPU failed (" + failure + ")");
          return std::make_unique<PlainLandmarker>(2.0F);
        },
        [this](const std::string& how) { heard_.push_back(how); });
  }

  float Answer() { return landmarker_->Locate(Image(8, 8), boxes_).at(1).points_px[0].x; }

  std::vector<RectF> boxes_ = {{0, 0, 4, 4}, {2, 2, 4, 4}};
  PlainLandmarker* first_ = nullptr;
  bool first_gone_ = false;
  bool insisted_ = false;
  std::vector<std::string> failures_;
  std::vector<std::string> heard_;
  std::unique_ptr<FallbackLandmarker> landmarker_;
};

TEST_F(FallbackLandmarkerTest, LeavesOneThatWorksAlone) {
  EXPECT_EQ(Answer(), 1.0F);
  EXPECT_EQ(landmarker_->HowItRuns(), "says 1");
  EXPECT_TRUE(failures_.empty());
}

TEST_F(FallbackLandmarkerTest, AnswersThePictureInWhichTheFirstFailed) {
  EXPECT_EQ(Answer(), 1.0F);
  first_->fail_ = [] { throw std::runtime_error("CUDA error: unspecified\nand a stack trace"); };
  EXPECT_EQ(Answer(), 2.0F);
  EXPECT_EQ(Answer(), 2.0F);
  EXPECT_EQ(landmarker_->HowItRuns(), "says 2");
  EXPECT_THAT(failures_, ElementsAre("CUDA error: unspecified"));
  EXPECT_THAT(heard_, ElementsAre("says 2"));
  // To free what a broken GPU holds may end the program.
  landmarker_.reset();
  EXPECT_FALSE(first_gone_);
  const std::unique_ptr<Landmarker> left(first_);
}

TEST_F(FallbackLandmarkerTest, PassesOnWhatTheCallerDidWrong) {
  first_->fail_ = [] { throw std::logic_error("an empty box"); };
  EXPECT_THROW(Answer(), std::logic_error);
  first_->fail_ = nullptr;
  EXPECT_EQ(Answer(), 1.0F);
  EXPECT_TRUE(failures_.empty());
}

TEST_F(FallbackLandmarkerTest, ThrowsWhereThereIsNoOther) {
  insisted_ = true;
  first_->fail_ = [] { throw std::runtime_error("CUDA error"); };
  EXPECT_THROW(Answer(), Error);
  EXPECT_TRUE(heard_.empty());
}

}  // namespace
}  // namespace nosetip
