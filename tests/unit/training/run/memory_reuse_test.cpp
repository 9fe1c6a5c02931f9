#include "training/run/memory_reuse.h"

#include <vector>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

namespace nosetip {
namespace {

long MinorFaults() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_minflt;
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

TEST(KeepFreedMemory, GivesTheNextStepTheMemoryOfTheLast) {
  KeepFreedMemory();
  constexpr size_t kBytes = size_t{48} << 20;  // more than glibc would keep by itself
  const auto step = [] { return std::vector<char>(kBytes, 1).back(); };
  ASSERT_EQ(step(), 1);
  const long before = MinorFaults();
  ASSERT_EQ(step(), 1);
  EXPECT_LT(MinorFaults() - before, static_cast<long>(kBytes) / sysconf(_SC_PAGESIZE) / 100);
}

#endif

}  // namespace
}  // namespace nosetip
