#include "gui/panels/file_browser.h"

#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/panel_driver.h"
#include "tests/support/test_files.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

class FileBrowserTest : public ::testing::Test {
 protected:
  FileBrowserTest() {
    fs::create_directories(folder_.path() / "clips");
    for (const char* name : {"b.safetensors", "A.SAFETENSORS", "notes.txt", ".hidden.safetensors",
                             "clips/c.safetensors"}) {
      std::ofstream(folder_.path() / name) << "x";
    }
  }
  std::optional<Command> Draw() {
    if (const auto path = browser_.Draw()) chosen_ = path;
    return std::nullopt;
  }

  TempFolder folder_;
  FileBrowser browser_;
  std::optional<fs::path> chosen_;
};

TEST_F(FileBrowserTest, ListsFoldersFirstAndOnlyWhatIsWanted) {
  const auto entries = EntriesOf(folder_.path(), {".safetensors"});
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0].name, "clips");
  EXPECT_TRUE(entries[0].is_folder);
  EXPECT_EQ(entries[1].name, "A.SAFETENSORS");
  EXPECT_EQ(entries[2].name, "b.safetensors");
  EXPECT_TRUE(EntriesOf(folder_.path() / "nowhere", {}).empty());
}

TEST_F(FileBrowserTest, GoesIntoAFolderAndGivesTheFileThatIsClicked) {
  browser_.Open({"Choose", folder_.path(), false, {".safetensors"}});
  PanelDriver driver([this] { return Draw(); });
  driver.Click("Browser/clips/");
  driver.Click("Browser/c.safetensors");
  ASSERT_TRUE(chosen_);
  EXPECT_EQ(*chosen_, folder_.path() / "clips" / "c.safetensors");
  EXPECT_FALSE(browser_.is_open());
}

TEST_F(FileBrowserTest, CancelGivesNothing) {
  browser_.Open({"Choose", folder_.path(), false, {}});
  PanelDriver driver([this] { return Draw(); });
  driver.Click("Browser/Cancel");
  EXPECT_FALSE(chosen_);
  EXPECT_FALSE(browser_.is_open());
}

TEST_F(FileBrowserTest, AFolderIsChosenByItsButton) {
  browser_.Open({"Choose", folder_.path(), true, {}});
  PanelDriver driver([this] { return Draw(); });
  driver.Click("Browser/clips/");
  driver.Click("Browser/Select folder");
  ASSERT_TRUE(chosen_);
  EXPECT_EQ(*chosen_, folder_.path() / "clips");
}

}  // namespace
}  // namespace nosetip
