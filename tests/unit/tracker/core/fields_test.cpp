#include "tracker/core/fields.h"

#include <array>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

struct Sample {
  int count = 3;
  float ratio = 0.5F;
  bool flag = false;
  std::string mode = "fast";
  std::string path;
  std::vector<std::string> names;

  static std::span<const Field<Sample>> Fields() {
    static const std::array kFields = std::to_array<Field<Sample>>({
        {"count", &Sample::count, "How many.", 1, 10},
        {"ratio", &Sample::ratio, "How much.", 0.0, 1.0},
        {"flag", &Sample::flag, "Whether."},
        {"mode", &Sample::mode, "How.", 0, 0, {"fast", "good"}},
        {"path", &Sample::path, "Where."},
        {"names", &Sample::names, "Who."},
    });
    return kFields;
  }
};

std::string ErrorOf(const Sample& sample) {
  try {
    Validate(sample);
  } catch (const Error& e) {
    return e.what();
  }
  return "";
}

TEST(Validate, AcceptsTheDefaults) { EXPECT_EQ(ErrorOf({}), ""); }

TEST(Validate, AcceptsTheEndsOfARange) {
  Sample sample;
  sample.count = 10;
  sample.ratio = 0.0F;
  EXPECT_EQ(ErrorOf(sample), "");
}

TEST(Validate, NamesTheOptionItsValueAndItsRange) {
  Sample sample;
  sample.count = 11;
  EXPECT_THAT(ErrorOf(sample),
              AllOf(HasSubstr("--count"), HasSubstr("11"), HasSubstr("between 1 and 10")));
}

TEST(Validate, RefusesWhatIsNoNumber) {
  Sample sample;
  sample.ratio = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THAT(ErrorOf(sample), HasSubstr("--ratio"));
}

TEST(Validate, NamesTheChoices) {
  Sample sample;
  sample.mode = "slow";
  EXPECT_THAT(ErrorOf(sample),
              AllOf(HasSubstr("--mode"), HasSubstr("'slow'"), HasSubstr("fast, good")));
}

TEST(Validate, LeavesFreeTextFlagsAndListsAlone) {
  Sample sample;
  sample.path = "anything";
  sample.flag = true;
  sample.names = {"a", "b"};
  EXPECT_EQ(ErrorOf(sample), "");
}

}  // namespace
}  // namespace nosetip
