#include <gtest/gtest.h>

#include "gui/panels/panels.h"
#include "tests/support/panel_driver.h"
#include "tests/unit/gui/state/app_states.h"

namespace nosetip {
namespace {

// The whole window at the size of a small laptop's.
class SignalsPanelTest : public ::testing::Test {
 protected:
  SignalsPanelTest() { driver_.Click("Tab/Signals"); }

  // The signals of the shown face at a time.
  void Add(double time_s, const FaceSignals& signals) {
    LiveFrame live = FrameWithFace();
    live.result.pts_s = time_s;
    live.result.faces[0].signals = signals;
    state_.signals.Add(live);
    state_.shown = live;
    driver_.Frames(2);
  }
  // Whether the text, after the name of the panel, is shown.
  bool Shows(const std::string& text) const { return driver_.Has("Signals/" + text); }

  AppState state_ = StateOfFile();
  PanelDrafts drafts_;
  PanelDriver driver_{[this] { return DrawAllPanels(state_, drafts_); }};
};

TEST_F(SignalsPanelTest, EverySignalOfTheFaceIsSeenWithoutScrolling) {
  FaceSignals signals;
  signals.values = {0.25F, 1.0F, 0.5F, -0.3F, 0.75F, 0.1F, -0.1F, 0.0F, 12.4F, -3.0F, -0.2F};
  Add(0.0, signals);
  for (const SignalInfo& info : SignalInfos()) EXPECT_TRUE(Shows(std::string(info.label)));
  for (const char* text : {"Right eye open 0.25", "Mouth width -0.30", "Smile 0.75", "Head yaw 12°",
                           "Head pitch -3°", "Head roll 0°"}) {
    EXPECT_TRUE(Shows(text)) << text;
  }
  const RectF last = driver_.Of("Signals/Head roll");
  EXPECT_LT(last.y + last.height, driver_.Of("Splitter/Lower").y);
}

TEST_F(SignalsPanelTest, BlinksAreCounted) {
  FaceSignals signals;
  for (int i = 0; i <= 20; ++i) {
    signals.blink.reset();
    if (i % 10 == 5) signals.blink = Blink{i - 0.2, static_cast<double>(i), 1.0F};
    Add(i, signals);
  }
  EXPECT_TRUE(Shows("Blinks 2, 6 per minute"));
}

TEST_F(SignalsPanelTest, CalibrateIsAskedForAndLastsAMoment) {
  EXPECT_TRUE(driver_.Click("Signals/Calibrate").empty()) << "without a face";
  EXPECT_TRUE(Shows("Status No face"));
  Add(0.0, {});
  EXPECT_TRUE(Shows("Status Learning the neutral face..."));
  Add(4.0, {});
  EXPECT_TRUE(Shows("Status Face 0"));
  Only<CalibrateSignals>(driver_.Click("Signals/Calibrate"));
}

TEST_F(SignalsPanelTest, AModelWithOtherPointsHasNone) {
  state_.shown->schema = &Imm58();
  driver_.Frames(2);
  EXPECT_TRUE(Shows("Status Signals need 68 points: choose face68 in Tracker"));
}

TEST_F(SignalsPanelTest, AllTabsFitBesideEachOther) {
  for (const char* tab :
       {"Source", "Tracker", "Overlay", "Signals", "Training", "Teach", "Gallery"}) {
    EXPECT_TRUE(driver_.Has(std::string("Tab/") + tab)) << tab;
  }
}

}  // namespace
}  // namespace nosetip
