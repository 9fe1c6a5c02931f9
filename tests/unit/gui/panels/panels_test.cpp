#include "gui/panels/panels.h"

#include <gtest/gtest.h>

#include "tests/support/panel_driver.h"
#include "tests/unit/gui/state/app_states.h"

namespace nosetip {
namespace {

class PanelsTest : public ::testing::Test {
 protected:
  AppState state_ = StateOfFile();
  PanelDrafts drafts_;
  // High enough that no panel scrolls.
  PanelDriver driver_{[this] { return DrawAllPanels(state_, drafts_); }, {1280.0F, 1400.0F}};
};

TEST_F(PanelsTest, NothingIsAskedForWhileNothingIsDone) { EXPECT_TRUE(driver_.Frames(10).empty()); }

TEST_F(PanelsTest, PauseAndResumeShareAButton) {
  EXPECT_TRUE(Only<SetPaused>(driver_.Click("View/Play")).paused);
  state_.live.state = LiveState::kPaused;
  EXPECT_FALSE(Only<SetPaused>(driver_.Click("View/Play")).paused);
  state_.live.state = LiveState::kEnded;
  EXPECT_EQ(Only<SeekTo>(driver_.Click("View/Play")).pts_s, 0.0);
}

TEST_F(PanelsTest, TheTimelineGoesWhereItIsClicked) {
  const RectF line = driver_.Of("View/Time");
  const auto commands = driver_.ClickAt({line.x + 0.75F * line.width, line.Center().y});
  EXPECT_NEAR(Only<SeekTo>(commands).pts_s, 7.5, 0.3);  // of 10 s
}

TEST_F(PanelsTest, ACameraHasNoTimeline) {
  state_.live.info = SourceInfo{SourceKind::kCamera, "0", 1280, 720, 30.0, std::nullopt, ""};
  driver_.Frames(2);
  EXPECT_FALSE(driver_.Has("View/Time"));
  EXPECT_FALSE(driver_.Has("View/Step"));
}

TEST_F(PanelsTest, ARecentSourceIsOneClickAway) {
  EXPECT_EQ(Only<OpenSource>(driver_.Click("Source/Recent other.mp4")).source, "/clips/other.mp4");
}

TEST_F(PanelsTest, TheSampleClipIsOneClickAway) {
  EXPECT_EQ(Only<OpenSource>(driver_.Click("Source/Sample clip")).source, "/clips/sample.mp4");
}

TEST_F(PanelsTest, ACameraIsChosenByItsName) {
  state_.cameras = {{0, "Integrated Camera"}, {2, ""}};
  driver_.Frames(2);
  driver_.Click("Source/camera");
  EXPECT_EQ(Only<OpenSource>(driver_.Click("Source/camera=0  Integrated Camera")).source, "0");
}

TEST_F(PanelsTest, TheMirrorIsASetting) {
  const auto change = Only<ChangeSettings>(driver_.Click("Source/Mirror"));
  EXPECT_TRUE(change.settings.view.mirror);
}

TEST_F(PanelsTest, AModelIsChosenFromThoseThere) {
  state_.models.resize(2);
  state_.models[0].path = "/models/face68.safetensors";
  state_.models[1].path = "/models/face58.safetensors";
  driver_.Click("Tab/Tracker");
  driver_.Click("Tracker/Model");
  const auto change = Only<ChangeSettings>(driver_.Click("Tracker/Model=face58.safetensors"));
  EXPECT_EQ(change.settings.model.model, "/models/face58.safetensors");
}

TEST_F(PanelsTest, TheModelCanBeLeftToTheApp) {
  state_.settings.model.model = "/models/face68.safetensors";
  state_.parts.model = "/models/face68-fast.safetensors";
  driver_.Click("Tab/Tracker");
  EXPECT_EQ(ModelFile(state_), "/models/face68.safetensors");
  driver_.Click("Tracker/Model");
  state_.settings = Only<ChangeSettings>(driver_.Click("Tracker/Model=auto")).settings;
  EXPECT_EQ(ModelFile(state_), "/models/face68-fast.safetensors");
}

TEST_F(PanelsTest, ResetRestoresTheDefaultsOfTracking) {
  state_.settings.tracker.max_faces = 3;
  state_.settings.detector.detector_score = 0.9F;
  driver_.Click("Tab/Tracker");
  const auto change = Only<ChangeSettings>(driver_.Click("Tracker/Reset"));
  EXPECT_EQ(change.settings.tracker.max_faces, TrackerOptions{}.max_faces);
  EXPECT_EQ(change.settings.detector.detector_score, DetectorOptions{}.detector_score);
}

TEST_F(PanelsTest, SwitchesOfTheOverlay) {
  driver_.Click("Tab/Overlay");
  EXPECT_FALSE(Only<ChangeSettings>(driver_.Click("Overlay/Points")).settings.view.points);
  EXPECT_TRUE(Only<ChangeSettings>(driver_.Click("Overlay/Point numbers")).settings.view.numbers);
  EXPECT_TRUE(Only<SetCleanView>(driver_.Click("Overlay/Clean view")).clean);
}

TEST_F(PanelsTest, ASplitterMovesTheSidePanel) {
  const Point2f at = driver_.Of("Splitter/Side").Center();
  const auto commands = driver_.Drag(at, {at.x - 100.0F, at.y});
  const float before = state_.settings.interface.side_width;
  EXPECT_NEAR(Only<ChangeSettings>(commands).settings.interface.side_width, before, 0.2);
  EXPECT_GT(std::get<ChangeSettings>(commands.back()).settings.interface.side_width,
            before + 0.05F);
}

TEST_F(PanelsTest, HiddenPanelsLeaveTheWindowToTheView) {
  state_.settings.interface.side_shown = false;
  driver_.Frames(2);
  EXPECT_FALSE(driver_.Has("Tab/Source"));
  EXPECT_TRUE(driver_.Has("View/Play"));
}

TEST_F(PanelsTest, ACameraModeIsChosenFromThoseItHas) {
  state_.cameras = {{0, "Integrated Camera"}};
  state_.camera_modes = {{"MJPG", {1280, 720}, {60.0, 30.0}}, {"YUYV", {640, 480}, {30.0}}};
  driver_.Frames(2);
  driver_.Click("Source/mode");
  const auto change =
      Only<ChangeSettings>(driver_.Click("Source/mode=1280 x 720, 60 frames/s, MJPG"));
  EXPECT_EQ(change.settings.camera.camera_width, 1280);
  EXPECT_EQ(change.settings.camera.camera_height, 720);
  EXPECT_EQ(change.settings.camera.camera_rate, 60.0F);
}

TEST_F(PanelsTest, RecordingIsStartedAndStoppedByOneButton) {
  EXPECT_TRUE(Only<SetRecording>(driver_.Click("View/Record")).recording);
  EXPECT_FALSE(driver_.Has("View/Recording"));
  state_.recorder.state = RecorderState::kRecording;
  driver_.Frames(2);
  EXPECT_TRUE(driver_.Has("View/Recording"));
  EXPECT_FALSE(Only<SetRecording>(driver_.Click("View/Stop recording")).recording);
}

TEST_F(PanelsTest, AnItemOfTheGalleryOpensInTheView) {
  GalleryContents contents;
  GalleryItem item;
  item.files.path = "/media/recording_2026-11-24_19-01-17_123.mp4";
  item.files.kind = MediaKind::kRecording;
  item.files.made_at = "2026-11-24 19:01:17";
  contents.items = {item};
  state_.gallery = std::make_shared<const GalleryContents>(contents);
  driver_.Click("Tab/Gallery");
  EXPECT_EQ(Only<OpenSource>(driver_.Click("Gallery/recording_2026-11-24_19-01-17_123.mp4")).source,
            item.files.path.string());
}

TEST_F(PanelsTest, TheHelpIsClosedByItsButton) {
  state_.help_shown = true;
  driver_.Frames(3);
  EXPECT_FALSE(Only<ShowHelp>(driver_.Click("Help/Close")).shown);
}

TEST_F(PanelsTest, EveryTabDrawsWithoutAnything) {
  state_ = AppState();
  for (const char* tab : {"Tab/Source", "Tab/Tracker", "Tab/Overlay", "Tab/Signals", "Tab/Gallery",
                          "Tab/Performance", "Tab/Log"}) {
    driver_.Click(tab);
    EXPECT_TRUE(driver_.Frames(2).empty()) << tab;
  }
}

TEST(LayoutTest, PartsFillTheWindowWithoutOverlap) {
  for (const Point2f window : {Point2f{1280, 720}, Point2f{1920, 1080}, Point2f{3840, 2160}}) {
    const Layout layout = LayOut(window, {}, 15.0F);
    EXPECT_FLOAT_EQ(layout.view.width + layout.side_splitter.width + layout.upper.width, window.x);
    EXPECT_FLOAT_EQ(layout.upper.height + layout.lower_splitter.height + layout.lower.height,
                    window.y);
    EXPECT_FLOAT_EQ(layout.lower.y, layout.lower_splitter.y + layout.lower_splitter.height);
    EXPECT_FLOAT_EQ(layout.upper.x, layout.lower.x);
  }
}

TEST(LayoutTest, PanelsStayWideEnoughForTheirText) {
  InterfaceOptions narrow;
  narrow.side_width = 0.15F;
  EXPECT_FLOAT_EQ(LayOut({1280, 720}, narrow, 15.0F).upper.width, 360.0F);
  EXPECT_FLOAT_EQ(LayOut({1920, 1080}, narrow, 30.0F).upper.width, 720.0F);
  // And leave a third to the view, however large the text.
  EXPECT_GT(LayOut({640, 400}, narrow, 30.0F).view.width, 200.0F);
}

TEST(LayoutTest, ASplitterStaysWhereItIsDragged) {
  const Point2f window{1600, 900};
  const Layout layout = LayOut(window, WithSideSplitterAt({}, window, 900.0F), 15.0F);
  EXPECT_NEAR(layout.upper.x, 900.0F, 1.0F);
  const Layout lower = LayOut(window, WithLowerSplitterAt({}, window, 300.0F), 15.0F);
  EXPECT_NEAR(lower.lower.y, 300.0F, 1.0F);
}

TEST(LayoutTest, ResetRestoresThePanelsAndKeepsTheTheme) {
  InterfaceOptions options = WithSideSplitterAt({}, {1600, 900}, 300.0F);
  options.side_shown = false;
  options.theme = "light";
  const InterfaceOptions first = WithDefaultLayout(options);
  EXPECT_EQ(first.side_width, InterfaceOptions{}.side_width);
  EXPECT_TRUE(first.side_shown);
  EXPECT_EQ(first.theme, "light");
}

}  // namespace
}  // namespace nosetip
