// Archives of TorchScript that run code while LibTorch loads them, as a stranger may send one as a
// model.
#include <filesystem>

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/script.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"
#include "tracker/model/checkpoint.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

// Saves a module whose __setstate__, which LibTorch calls when it loads the archive, runs `code`.
void SaveArchiveThatRuns(const std::string& code, const std::filesystem::path& path) {
  torch::jit::Module module("Hostile");
  module.register_attribute("x", c10::TensorType::get(), torch::zeros({1}));
  module.define(fmt::format(R"(
def __getstate__(self) -> Tuple[Tensor, bool]:
    return (self.x, True)
def __setstate__(self, state: Tuple[Tensor, bool]) -> None:
    self.x = state[0]
{}
def forward(self, y):
    return y
)",
                            code));
  module.save(path.string());
}

class HostileArchive : public ::testing::Test {
 protected:
  TempFolder folder_;
  std::filesystem::path model_ = folder_ / "face68.ntm";
  std::filesystem::path victim_ = folder_ / "victim";
};

TEST_F(HostileArchive, ThatWritesAFileIsRefusedAndWritesNothing) {
  SaveArchiveThatRuns(
      fmt::format("    self.x = torch.from_file('{}', True, 16, dtype=0)\n    self.x.fill_(65)",
                  victim_.string()),
      model_);
  EXPECT_THAT(MessageOf([&] { LoadModel(model_); }),
              HasSubstr("is an archive of an older Nosetip"));
  EXPECT_THAT(MessageOf([&] { ReadModelMeta(model_); }), HasSubstr("Opening one can run code"));
  EXPECT_FALSE(std::filesystem::exists(victim_));
  // The archive does what it is feared for.
  torch::jit::load(model_.string());
  EXPECT_TRUE(std::filesystem::exists(victim_));
}

TEST_F(HostileArchive, ThatNeverEndsIsRefused) {
  SaveArchiveThatRuns("    while True:\n        self.x = self.x + 1", model_);
  EXPECT_THAT(MessageOf([&] { LoadModel(model_); }),
              HasSubstr("is an archive of an older Nosetip"));
}

}  // namespace
}  // namespace nosetip
