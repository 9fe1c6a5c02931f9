// Runs every file of the corpora once, those that have ended a program before among them.
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/fuzz/targets.h"
#include "tests/support/test_files.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

class Corpus : public ::testing::TestWithParam<FuzzTarget> {};

TEST_P(Corpus, IsReadOrRefusedWithAnError) {
  const fs::path folder = fs::path(NOSETIP_FUZZ_CORPUS) / GetParam().name;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::ranges::sort(files);
  ASSERT_GE(files.size(), 3U);
  for (const fs::path& file : files) {
    EXPECT_NO_THROW(RunTarget(GetParam(), ReadText(file))) << file;
  }
}

// A sound file must reach the end of its parser, or the others test next to nothing.
TEST_P(Corpus, HasASoundFile) {
  const fs::path folder = fs::path(NOSETIP_FUZZ_CORPUS) / GetParam().name;
  EXPECT_NO_THROW(GetParam().run(ReadText(folder / "sound")));
}

INSTANTIATE_TEST_SUITE_P(Fuzz, Corpus, ::testing::ValuesIn(FuzzTargets()),
                         [](const auto& param) { return std::string(param.param.name); });

}  // namespace
}  // namespace nosetip
