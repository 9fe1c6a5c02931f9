#include "tracker/core/error.h"

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

TEST(Check, ThrowsWithTheReasonAndThePlace) {
  EXPECT_NO_THROW(Check(true, "fine"));
  try {
    Check(false, "the reason");
    FAIL() << "no exception";
  } catch (const std::logic_error& e) {
    const std::string message = e.what();
    EXPECT_NE(message.find("the reason"), std::string::npos) << message;
    EXPECT_NE(message.find("error_test.cpp"), std::string::npos) << message;
  }
}

}  // namespace
}  // namespace nosetip
