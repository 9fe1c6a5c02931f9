// main of a GoogleTest program whose cases run together, a suite a process: ends with 77 where none
// failed but some were skipped, so that these do not pass for having run.
#include <cstdio>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

int main(int argc, char** argv) {
  testing::InitGoogleMock(&argc, argv);
  if (RUN_ALL_TESTS() != 0) return 1;
  constexpr int kSkipped = 77;
  return testing::UnitTest::GetInstance()->skipped_test_count() > 0 ? kSkipped : 0;
}
