#include "gui/state/app_state.h"

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "gui/panels/keys.h"
#include "gui/panels/overlay_painter.h"
#include "gui/state/event_log.h"
#include "gui/state/layout.h"
#include "gui/state/live_parts.h"
#include "gui/state/performance_meter.h"
#include "gui/state/source_choice.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

FirstSourceChoices Choices(std::string asked, std::string last, std::vector<CameraEntry> cameras) {
  return {std::move(asked), std::move(last), std::move(cameras), "/samples/sample.mp4"};
}

TEST(FirstSourceTest, WhatIsAskedForComesFirst) {
  EXPECT_EQ(ChooseFirstSource(Choices("talk.mp4", "0", {{0, "cam"}})).source, "talk.mp4");
}

TEST(FirstSourceTest, TheLastOneWhereItIsStillThere) {
  EXPECT_EQ(ChooseFirstSource(Choices("", "2", {{0, "a"}, {2, "b"}})).source, "2");
  EXPECT_EQ(ChooseFirstSource(Choices("", "2", {{0, "a"}})).source, "0");
  EXPECT_EQ(ChooseFirstSource(Choices("", "/no/such.mp4", {{0, "a"}})).source, "0");
  EXPECT_EQ(ChooseFirstSource(Choices("", "rtsp://cam/1", {})).source, "rtsp://cam/1");
}

TEST(FirstSourceTest, TheSampleClipSaysWhyItIsShown) {
  const FirstSource first = ChooseFirstSource(Choices("", "", {}));
  EXPECT_EQ(first.source, "/samples/sample.mp4");
  EXPECT_THAT(first.banner, HasSubstr("No camera"));
}

TEST(FirstSourceTest, ACameraThatIsPluggedInReplacesTheSampleClip) {
  EXPECT_EQ(ChooseFirstSource(Choices("", "/samples/sample.mp4", {{0, "a"}})).source, "0");
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

TEST(LayoutTest, ResetPutsThePanelsBackAndKeepsTheTheme) {
  InterfaceOptions options = WithSideSplitterAt({}, {1600, 900}, 300.0F);
  options.side_shown = false;
  options.theme = "light";
  const InterfaceOptions first = WithFirstLayout(options);
  EXPECT_EQ(first.side_width, InterfaceOptions{}.side_width);
  EXPECT_TRUE(first.side_shown);
  EXPECT_EQ(first.theme, "light");
}

TEST(ViewTransformTest, TheFrameFillsTheAreaAndKeepsItsShape) {
  const ViewTransform view = ViewTransform::Fit({100, 50, 800, 800}, {640, 480}, false);
  EXPECT_EQ(view.on_screen, (RectF{100, 150, 800, 600}));
  // Pixel centers are at integers: the frame's corner is half a pixel before the first.
  EXPECT_EQ(view.ToScreen({-0.5F, -0.5F}), (Point2f{100, 150}));
  EXPECT_EQ(view.ToScreen({639.5F, 479.5F}), (Point2f{900, 750}));
}

TEST(ViewTransformTest, AMirrorSwapsLeftAndRight) {
  const ViewTransform view = ViewTransform::Fit({0, 0, 640, 480}, {640, 480}, true);
  EXPECT_EQ(view.ToScreen({-0.5F, 10.0F}).x, 640.0F);
  EXPECT_EQ(view.ToScreen({639.5F, 10.0F}).x, 0.0F);
}

TEST(ViewTransformTest, ToFrameUndoesToScreen) {
  for (const bool mirror : {false, true}) {
    const ViewTransform view = ViewTransform::Fit({13, 7, 911, 402}, {1280, 720}, mirror);
    const Point2f back = view.ToFrame(view.ToScreen({321.25F, 77.5F}));
    EXPECT_NEAR(back.x, 321.25F, 1e-3F);
    EXPECT_NEAR(back.y, 77.5F, 1e-3F);
  }
}

TEST(KeysTest, EveryKeyHasOneMeaning) {
  std::set<std::string_view> keys;
  for (const KeyBinding& binding : KeyBindings()) {
    EXPECT_TRUE(keys.insert(binding.key).second) << binding.key;
    EXPECT_FALSE(binding.help.empty());
  }
}

TEST(KeysTest, AKeyTogglesItsSwitch) {
  AppState state;
  state.settings.view.points = true;
  const auto command = CommandOfKey("P", state);
  ASSERT_TRUE(command);
  EXPECT_FALSE(std::get<ChangeSettings>(*command).settings.view.points);
  EXPECT_FALSE(CommandOfKey("Ctrl+Alt+Nothing", state));
}

TEST(KeysTest, TenSecondsBackStopsAtTheStart) {
  AppState state;
  state.shown = LiveFrame{};
  state.shown->result.pts_s = 4.0;
  EXPECT_EQ(std::get<SeekTo>(*CommandOfKey("Down", state)).pts_s, 0.0);
  EXPECT_EQ(std::get<SeekTo>(*CommandOfKey("Up", state)).pts_s, 14.0);
}

TEST(KeysTest, EscClosesTheHelpAndNothingElse) {
  AppState state;
  EXPECT_FALSE(CommandOfKey("Esc", state));
  state.help_shown = true;
  EXPECT_FALSE(std::get<ShowHelp>(*CommandOfKey("Esc", state)).shown);
}

TEST(MeasureTest, KeepsTheLatestAndTheirPercentiles) {
  Measure measure(5);
  EXPECT_EQ(measure.Percentile(0.5), 0.0);
  for (const double v : {100.0, 100.0, 1.0, 2.0, 3.0, 4.0, 5.0}) measure.Add(v);
  EXPECT_EQ(measure.Values(), (std::vector<float>{1, 2, 3, 4, 5}));
  EXPECT_EQ(measure.Percentile(0.5), 3.0);
  EXPECT_EQ(measure.Percentile(1.0), 5.0);
}

TEST(PerformanceMeterTest, LatencyIsFromCaptureToTheScreen) {
  using std::chrono::milliseconds;
  PerformanceMeter meter;
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 20; ++i) {
    LiveFrame frame;
    frame.index = i < 10 ? i : i + 3;
    frame.captured_at = start + milliseconds(40 * i);
    meter.AddShown(frame, frame.captured_at + milliseconds(25));
  }
  EXPECT_NEAR(meter.latency_ms().Percentile(0.5), 25.0, 0.01);
  EXPECT_NEAR(meter.FrameRateHz(), 25.0, 0.01);
  EXPECT_EQ(meter.NotShown(), 3);
}

TEST(EventLogTest, CountsWhatIsSaidAgainAndForgetsTheOldest) {
  EventLog log(3);
  log.Add(Severity::kInfo, "a");
  log.Add(Severity::kInfo, "a");
  ASSERT_THAT(log.lines(), SizeIs(1));
  EXPECT_EQ(log.lines().front().times, 2);
  for (const char* text : {"b", "c", "d"}) log.Add(Severity::kInfo, text);
  ASSERT_THAT(log.lines(), SizeIs(3));
  EXPECT_EQ(log.lines().front().text, "b");
}

TEST(TrailsTest, AFaceThatHasGoneLeavesNone) {
  Trails trails;
  TrackResult result;
  result.faces.resize(1);
  result.faces[0].id = 4;
  for (int i = 0; i < 5; ++i) {
    result.faces[0].landmarks.points_px = {{static_cast<float>(i), 0.0F}};
    trails.Add(result, 3);
  }
  ASSERT_NE(trails.Of(4), nullptr);
  ASSERT_THAT(*trails.Of(4), SizeIs(3));
  EXPECT_EQ(trails.Of(4)->back()[0].x, 4.0F);
  trails.Add({}, 3);
  EXPECT_EQ(trails.Of(4), nullptr);
}

TEST(StatusWatchTest, SaysEachChangeOnce) {
  StatusWatch watch;
  LiveStatus status;
  status.state = LiveState::kRunning;
  EXPECT_THAT(watch.Look(status), IsEmpty());
  status.info = SourceInfo{SourceKind::kCamera, "0", 1280, 720, 30.0, std::nullopt, ""};
  ASSERT_THAT(watch.Look(status), SizeIs(1));
  EXPECT_THAT(watch.Look(status), IsEmpty());
  status.state = LiveState::kRetrying;
  status.message = "camera 0: was unplugged";
  const auto lines = watch.Look(status);
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0].severity, Severity::kWarning);
  status.state = LiveState::kRunning;
  status.message = "";
  ASSERT_THAT(watch.Look(status), SizeIs(1));  // it is back
}

TEST(LivePartsTest, OnlyWhatTheTrackerIsMadeOfNeedsAnotherOne) {
  Settings settings = DefaultSettings();
  Settings other = settings;
  other.view.points = false;
  other.interface.theme = "light";
  EXPECT_FALSE(NeedsOtherTracker(settings, other));
  other.tracker.max_faces = 2;
  EXPECT_TRUE(NeedsOtherTracker(settings, other));
  other = settings;
  other.model.device = "cpu";
  EXPECT_TRUE(NeedsOtherTracker(settings, other));
}

TEST(ColorOfConfidenceTest, WhiteIsSureAndRedIsNot) {
  EXPECT_EQ(ColorOfConfidence(0.9F, 1.0F), IM_COL32(255, 255, 255, 255));
  EXPECT_EQ(ColorOfConfidence(0.5F, 1.0F), IM_COL32(255, 176, 32, 255));
  EXPECT_EQ(ColorOfConfidence(0.0F, 1.0F), IM_COL32(255, 64, 64, 255));
}

TEST(SizeAndRate, HasNoRateWhereThereIsNone) {
  EXPECT_EQ(SizeAndRate({SourceKind::kVideoFile, "a.mp4", 640, 480, 29.97, 10, ""}),
            "640 x 480, 29.97 frames/s");
  EXPECT_EQ(SizeAndRate({SourceKind::kPicture, "a.png", 512, 512, 0.0, 1, ""}), "512 x 512");
}

class FolderSourceTest : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_ / "empty"); }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void Write(const std::string& name) { std::ofstream(folder_ / name) << "x"; }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("nosetip-folder-" + std::to_string(getpid()));
};

TEST_F(FolderSourceTest, ListsPicturesAndVideosByName) {
  Write("b.mp4");
  Write("a.png");
  Write("notes.txt");
  const auto folder = FolderOfSources(folder_.string());
  ASSERT_TRUE(folder.has_value());
  EXPECT_EQ(folder->files, (std::vector<std::string>{folder_ / "a.png", folder_ / "b.mp4"}));
  EXPECT_EQ(FileAfter(*folder, folder_ / "a.png", 1), folder_ / "b.mp4");
  EXPECT_EQ(FileAfter(*folder, folder_ / "b.mp4", 1), "");
  EXPECT_EQ(FileAfter(*folder, folder_ / "a.png", -1), "");
  EXPECT_EQ(FileAfter(*folder, "elsewhere.png", 1), "");
}

TEST_F(FolderSourceTest, AFileIsNoFolderAndAnEmptyFolderIsAnError) {
  Write("a.png");
  EXPECT_FALSE(FolderOfSources(folder_ / "a.png").has_value());
  EXPECT_THROW(FolderOfSources(folder_ / "empty"), Error);
}

}  // namespace
}  // namespace nosetip
