#include "gui/state/settings.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/support/test_files.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class SettingsTest : public ::testing::Test {
 protected:
  void Write(const std::string& text) { std::ofstream(path_) << text; }

  TempFolder folder_;
  fs::path path_ = folder_.path() / "settings.json";
};

TEST_F(SettingsTest, ComeBackAsTheyWere) {
  Settings settings = DefaultSettings();
  settings.source = "/clips/a b.mp4";
  settings.recent = {"/clips/a b.mp4", "0"};
  settings.loop = false;
  settings.tracker.max_faces = 3;
  settings.tracker.roi = "0%,0%,50%,100%";
  settings.tracker.intrinsics.fov_deg = 70.0F;
  settings.detector.detector_score = 0.75F;
  settings.camera.camera_width = 1280;
  settings.view.numbers = true;
  settings.view.point_size = 2.5F;
  settings.interface.theme = "light";
  settings.interface.side_width = 0.4F;
  SaveSettings(path_, settings);
  const LoadedSettings loaded = LoadSettings(path_);
  EXPECT_EQ(loaded.problem, "");
  EXPECT_EQ(loaded.settings.source, settings.source);
  EXPECT_EQ(loaded.settings.recent, settings.recent);
  EXPECT_FALSE(loaded.settings.loop);
  EXPECT_EQ(loaded.settings.tracker, settings.tracker);
  EXPECT_EQ(loaded.settings.detector.detector_score, 0.75F);
  EXPECT_EQ(loaded.settings.camera.camera_width, 1280);
  EXPECT_TRUE(loaded.settings.view.numbers);
  EXPECT_EQ(loaded.settings.view.point_size, 2.5F);
  EXPECT_EQ(loaded.settings.interface.theme, "light");
  EXPECT_EQ(loaded.settings.interface.side_width, 0.4F);
}

TEST_F(SettingsTest, AreTheFirstOnesWithoutAFile) {
  const LoadedSettings loaded = LoadSettings(path_);
  EXPECT_EQ(loaded.problem, "");
  EXPECT_EQ(loaded.settings.model.model, DefaultSettings().model.model);
}

TEST_F(SettingsTest, APipeInTheirPlaceIsSetAsideAndNotWaitedFor) {
  ASSERT_EQ(mkfifo(path_.c_str(), 0600), 0);
  EXPECT_THAT(LoadSettings(path_).problem, HasSubstr("settings.json.broken"));
  EXPECT_EQ(LoadSettings(path_).problem, "");
}

TEST_F(SettingsTest, NumbersThatNoIntegerCanHoldAreLeftOut) {
  Write(R"({"version": 1, "tracker": {"max-faces": 1e30}})");
  const LoadedSettings loaded = LoadSettings(path_);
  EXPECT_EQ(loaded.settings.tracker.max_faces, DefaultSettings().tracker.max_faces);
  EXPECT_THAT(loaded.problem, HasSubstr("max-faces"));
}

TEST_F(SettingsTest, ABrokenFileIsSetAsideAndSaid) {
  Write("{\"source\": \"clip.mp4\", ");
  const LoadedSettings loaded = LoadSettings(path_);
  EXPECT_THAT(loaded.problem, HasSubstr("settings.json.broken"));
  EXPECT_EQ(loaded.settings.source, "");
  EXPECT_FALSE(fs::exists(path_));
  EXPECT_TRUE(fs::exists(path_.string() + ".broken"));
}

TEST_F(SettingsTest, OneBadValueLeavesTheOthers) {
  Write(R"({"version": 1, "source": "a.mp4", "loop": "often",
            "tracker": {"max-faces": -4, "detect-interval": 20},
            "view": {"numbers": 7, "axes": false}, "interface": {"theme": "pink"}})");
  const LoadedSettings loaded = LoadSettings(path_);
  for (const char* name : {"loop", "tracker.max-faces", "view.numbers", "interface.theme"}) {
    EXPECT_THAT(loaded.problem, HasSubstr(name));
  }
  EXPECT_EQ(loaded.settings.source, "a.mp4");
  EXPECT_EQ(loaded.settings.tracker.max_faces, TrackerOptions{}.max_faces);
  EXPECT_EQ(loaded.settings.tracker.detect_interval, 20);
  EXPECT_FALSE(loaded.settings.view.axes);
  EXPECT_EQ(loaded.settings.interface.theme, "dark");
}

TEST_F(SettingsTest, EmptyEntriesAndLongListsAreCut) {
  std::string many = R"("", "a.mp4", "")";
  for (int i = 0; i < 1000; ++i) many += R"(, "b.mp4")";
  Write(R"({"recent": [)" + many + R"(], "data_folders": [""], "media_folder": "",
           "detector": {"detector": ""}, "model": {"model": ""}})");
  const Settings settings = LoadSettings(path_).settings;
  EXPECT_EQ(settings.recent.front(), "a.mp4");
  EXPECT_EQ(settings.recent.size(), 8U);
  EXPECT_TRUE(settings.data_folders.empty());
  EXPECT_EQ(settings.media_folder, DefaultSettings().media_folder);
  EXPECT_EQ(settings.detector.detector, DefaultSettings().detector.detector);
  EXPECT_EQ(settings.model.model, DefaultSettings().model.model);
}

TEST_F(SettingsTest, NumbersThatNoMemberHoldsAreLeftOut) {
  Write(R"({"version": 1e30, "interface": {"window-width": 4294968576, "window-height": 1e30,
            "text-percent": 1e300, "side-width": null},
            "tracker": {"max-faces": 3.5, "detect-interval": -9223372036854775808},
            "view": {"point-size": [], "opacity": {}}})");
  const LoadedSettings loaded = LoadSettings(path_);
  for (const char* name : {"version", "interface.window-width", "interface.window-height",
                           "interface.text-percent", "interface.side-width", "tracker.max-faces",
                           "tracker.detect-interval", "view.point-size", "view.opacity"}) {
    EXPECT_THAT(loaded.problem, HasSubstr(name));
  }
  EXPECT_EQ(loaded.settings.interface, InterfaceOptions());
  EXPECT_EQ(loaded.settings.view, ViewOptions());
}

TEST_F(SettingsTest, NamesThatAreNotUtf8NeverKeepThemFromBeingSaved) {
  Settings settings = DefaultSettings();
  RememberSource(settings, "caf\xe9.mp4");
  settings.media_folder = settings.model.model = settings.detector.detector = "caf\xe9";
  settings.data_folders = {"caf\xe9"};
  SaveSettings(path_, settings);
  const LoadedSettings loaded = LoadSettings(path_);
  EXPECT_EQ(loaded.problem, "");
  EXPECT_EQ(loaded.settings.source, "caf\xEF\xBF\xBD.mp4");
}

TEST_F(SettingsTest, DeepOrHugeFilesAreSetAside) {
  for (const std::string& text :
       {std::string(1'000'000, '['), "{\"source\": \"" + std::string(2'000'000, 'x') + "\"}"}) {
    Write(text);
    EXPECT_THAT(LoadSettings(path_).problem, HasSubstr("cannot be used"));
    EXPECT_FALSE(fs::exists(path_));
  }
}

TEST_F(SettingsTest, SectionsOfAnotherTypeAreLeftOut) {
  Write(R"({"version": "one", "tracker": 5, "recent": {"a": 1}})");
  const LoadedSettings loaded = LoadSettings(path_);
  EXPECT_EQ(loaded.settings.tracker.max_faces, TrackerOptions{}.max_faces);
  EXPECT_THAT(loaded.problem, HasSubstr("recent"));
}

TEST_F(SettingsTest, TheFormerDefaultOfTheSmallestFaceIsTheNewOne) {
  Write(R"({"version": 1, "detector": {"smallest-face": 5}})");
  EXPECT_EQ(LoadSettings(path_).settings.detector.smallest_face, 0.0F);
  Write(R"({"version": 1, "detector": {"smallest-face": 4}})");
  EXPECT_EQ(LoadSettings(path_).settings.detector.smallest_face, 4.0F);
  Write(R"({"version": 2, "detector": {"smallest-face": 5}})");
  EXPECT_EQ(LoadSettings(path_).settings.detector.smallest_face, 5.0F);
}

TEST_F(SettingsTest, ALaterVersionIsSaid) {
  Write(R"({"version": 99, "source": "a.mp4", "hologram": true})");
  const LoadedSettings loaded = LoadSettings(path_);
  EXPECT_THAT(loaded.problem, HasSubstr("later version"));
  EXPECT_EQ(loaded.settings.source, "a.mp4");
}

TEST_F(SettingsTest, TheModelIsChosenAutomaticallyAtFirst) {
  EXPECT_EQ(DefaultSettings().model.model, "auto");
  Write(R"({"version": 1, "model": {"model": "auto"}})");
  EXPECT_EQ(LoadSettings(path_).settings.model.model, "auto");
}

TEST_F(SettingsTest, AModelThatHasGoneIsReplacedByTheUsualOne) {
  Write(R"({"version": 1, "model": {"model": "/nowhere/old.safetensors"}})");
  EXPECT_EQ(LoadSettings(path_).settings.model.model, DefaultSettings().model.model);
}

TEST_F(SettingsTest, AFolderThatCannotBeMadeIsNamed) {
  Write("not a folder");
  try {
    SaveSettings(path_ / "settings.json", DefaultSettings());
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr(path_.string()));
  }
}

TEST(RememberSourceTest, TheNewestSourceIsFirstAndNoneTwice) {
  Settings settings;
  for (const char* source : {"a", "b", "a", "c"}) RememberSource(settings, source);
  EXPECT_EQ(settings.source, "c");
  EXPECT_EQ(settings.recent, (std::vector<std::string>{"c", "a", "b"}));
  for (int i = 0; i < 30; ++i) RememberSource(settings, std::to_string(i));
  EXPECT_EQ(settings.recent.size(), 8U);
}

}  // namespace
}  // namespace nosetip
