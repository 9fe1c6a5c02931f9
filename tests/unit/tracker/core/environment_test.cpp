#include "tracker/core/environment.h"

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

}  // namespace
}  // namespace nosetip
