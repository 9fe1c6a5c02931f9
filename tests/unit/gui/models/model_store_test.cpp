#include "gui/models/model_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"
#include "tracker/core/environment.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using std::chrono::system_clock;
using ::testing::HasSubstr;

class ModelStoreTest : public ::testing::Test {
 protected:
  ModelStoreTest() {
    fs::create_directories(shipped_);
    fs::copy_file(AssetPath("models/nose.safetensors"), shipped_ / "nose.safetensors");
  }

  TempFolder folder_;
  fs::path shipped_ = folder_ / "shipped";
  fs::path own_ = folder_ / "data/models";
  fs::path trained_ = AssetPath("models/face58.safetensors");
  ModelStore store_{shipped_, own_};
};

TEST_F(ModelStoreTest, ListsShippedModelsBeforeThereAreOthers) {
  const auto& models = store_.Refresh();
  ASSERT_EQ(models.size(), 1U);
  EXPECT_TRUE(models[0].shipped);
  ASSERT_TRUE(models[0].info);
  EXPECT_EQ(models[0].info->schema, "nose1");
  EXPECT_FALSE(fs::exists(own_));
}

TEST_F(ModelStoreTest, KeepsModelsUnderNamesOfTheirOwn) {
  const auto now = system_clock::now();
  const fs::path first = store_.Keep(trained_, "face58", now);
  const fs::path second = store_.Keep(trained_, "face58", now);
  EXPECT_NE(first, second);
  EXPECT_EQ(ReadText(first), ReadText(trained_));
  const auto& models = store_.Refresh();
  ASSERT_EQ(models.size(), 3U);
  EXPECT_EQ(models[1].info->schema, "imm58");
  EXPECT_FALSE(models[1].shipped);
  // Nothing half written is left.
  EXPECT_EQ(std::distance(fs::directory_iterator(own_), {}), 2);
}

TEST_F(ModelStoreTest, ReadsAModelAgainOnlyWhenItHasChanged) {
  const fs::path kept = store_.Keep(trained_, "face58", system_clock::now());
  store_.Refresh();
  const auto written_at = fs::last_write_time(kept);
  WriteText(kept, "broken");
  fs::last_write_time(kept, written_at);
  EXPECT_TRUE(store_.Refresh()[1].info);
  fs::last_write_time(kept, written_at + std::chrono::seconds(1));
  EXPECT_FALSE(store_.Refresh()[1].info);
  EXPECT_THAT(store_.Refresh()[1].problem, HasSubstr(kept.string()));
}

TEST_F(ModelStoreTest, RefusesWhatIsNoModel) {
  WriteText(folder_ / "run/model.safetensors", "poem");
  EXPECT_THAT(MessageOf([&] {
                store_.Keep(folder_ / "run/model.safetensors", "nose", system_clock::now());
              }),
              HasSubstr("is not a Nosetip model"));
  EXPECT_FALSE(fs::exists(own_));
}

TEST_F(ModelStoreTest, SaysWhereAModelCannotBeKept) {
  WriteText(own_, "a file in the folder's place");
  EXPECT_THAT(MessageOf([&] { store_.Keep(trained_, "face58", system_clock::now()); }),
              HasSubstr("The model is still in " + trained_.string()));
}

TEST_F(ModelStoreTest, GivesEachRunAFolderOfItsOwn) {
  const auto now = system_clock::now();
  const fs::path first = FreeRunFolder(folder_ / "runs", "nose", now);
  fs::create_directories(first);
  EXPECT_NE(FreeRunFolder(folder_ / "runs", "nose", now), first);
}

TEST(ModelChoice, GoesBackStepByStep) {
  const TempFolder folder;
  ModelChoice choice;
  for (const char* name : {"a", "b", "c"}) {
    WriteText(folder / name, "");
    choice = WithModel(choice, folder / name);
  }
  choice = WithModel(choice, folder / "c");  // no step
  EXPECT_TRUE(CanRevert(choice));
  choice = WithPreviousModel(choice);
  EXPECT_EQ(choice.in_use, folder / "b");
  choice = WithPreviousModel(choice);
  EXPECT_EQ(choice.in_use, folder / "a");
  EXPECT_FALSE(CanRevert(choice));
  EXPECT_EQ(WithPreviousModel(choice).in_use, folder / "a");
}

TEST(ModelChoice, PassesOverModelsThatAreNoMore) {
  const TempFolder folder;
  WriteText(folder / "a", "");
  ModelChoice choice{folder / "c", {folder / "a", folder / "b"}};
  choice = WithPreviousModel(choice);
  EXPECT_EQ(choice.in_use, folder / "a");
  EXPECT_TRUE(choice.before.empty());
}

}  // namespace

}  // namespace nosetip
