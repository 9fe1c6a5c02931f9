#include <gtest/gtest.h>

#include "gui/panels/panels.h"
#include "tests/support/panel_driver.h"
#include "tests/unit/gui/state/app_states.h"

namespace nosetip {
namespace {

class TeachPanelTest : public ::testing::Test {
 protected:
  TeachPanelTest() {
    state_.teaching.folder = "/home/ada/samples";
    driver_.Click("Tab/Teach");
  }
  Point2f OnScreen(int point) {
    return driver_.Of("Teach/Point " + std::to_string(point)).Center();
  }

  AppState state_ = StateOfFile();
  PanelDrafts drafts_;
  PanelDriver driver_{[this] { return DrawAllPanels(state_, drafts_); }, {1280.0F, 1400.0F}};
};

TEST_F(TeachPanelTest, WithoutAFaceNothingIsCaptured) {
  state_.shown->result.faces.clear();
  driver_.Frames(2);
  driver_.Click("Teach/Capture frame");
  EXPECT_FALSE(drafts_.teach.editor.has_value());
}

TEST_F(TeachPanelTest, OfAFaceWithoutPointsNothingIsCaptured) {
  state_.shown->result.faces[0].landmarks = {};
  driver_.Frames(2);
  driver_.Click("Teach/Capture frame");
  EXPECT_FALSE(drafts_.teach.editor.has_value());
}

TEST_F(TeachPanelTest, TheFaceIsShownLargeInPlaceOfTheLivePicture) {
  driver_.Click("Teach/Capture frame");
  ASSERT_TRUE(drafts_.teach.editor.has_value());
  driver_.Frames(1);
  // Its points are 167 px high; the view is over 1200 screen pixels high and fits 1.6 times that.
  EXPECT_GT(OnScreen(67).y - OnScreen(0).y, 400.0F);
}

TEST_F(TeachPanelTest, ADraggedPointIsSavedWhereItWasLeft) {
  driver_.Click("Teach/Capture frame");
  driver_.Frames(2);
  const Point2f before = drafts_.teach.editor->points_px()[30];
  const float scale = drafts_.teach.zoom->scale();
  const Point2f from = OnScreen(30);
  driver_.Drag(from, from + Point2f{40.0F, -20.0F});
  const auto saved = Only<SaveCorrected>(driver_.Click("Teach/Save sample"));
  ASSERT_EQ(saved.points_px.size(), 68U);
  EXPECT_NEAR(saved.points_px[30].x, before.x + 40.0F / scale, 0.3F);
  EXPECT_NEAR(saved.points_px[30].y, before.y - 20.0F / scale, 0.3F);
  EXPECT_EQ(saved.points_px[29], drafts_.teach.editor->points_px()[29]);
  EXPECT_EQ(saved.picture.get(), &state_.shown->frame->image);
}

TEST_F(TeachPanelTest, AMoveIsTakenBackAndRedone) {
  driver_.Click("Teach/Capture frame");
  driver_.Frames(2);
  const Point2f from = OnScreen(40);
  driver_.Drag(from, from + Point2f{30.0F, 0.0F});
  EXPECT_EQ(drafts_.teach.editor->Moved().size(), 1U);
  driver_.Click("Teach/Undo");
  EXPECT_TRUE(drafts_.teach.editor->Moved().empty());
  EXPECT_TRUE(HandleKey(drafts_.teach, "Ctrl+Y"));
  EXPECT_EQ(drafts_.teach.editor->Moved().size(), 1U);
  EXPECT_TRUE(HandleKey(drafts_.teach, "Ctrl+Z"));
  EXPECT_TRUE(drafts_.teach.editor->Moved().empty());
}

TEST_F(TeachPanelTest, MirroredPointsMoveTogether) {
  driver_.Click("Teach/Capture frame");
  driver_.Click("Teach/Move mirrored points together");
  driver_.Frames(2);
  const Point2f from = OnScreen(36);
  driver_.Drag(from, from + Point2f{0.0F, 25.0F});
  EXPECT_EQ(drafts_.teach.editor->Moved(), (std::vector<size_t>{36, 45}));
}

TEST_F(TeachPanelTest, ThePictureMovesWhereNoPointIs) {
  driver_.Click("Teach/Capture frame");
  driver_.Frames(2);
  const Point2f before = OnScreen(0);
  // In the upper right no point of this face is.
  const Point2f empty{before.x + 400.0F, before.y};
  driver_.Drag(empty, empty + Point2f{-30.0F, 20.0F});
  EXPECT_TRUE(drafts_.teach.editor->Moved().empty());
  EXPECT_NEAR(OnScreen(0).x, before.x - 30.0F, 1.5F);
  EXPECT_NEAR(OnScreen(0).y, before.y + 20.0F, 1.5F);
}

TEST_F(TeachPanelTest, ArrowsMoveTheLatestPoint) {
  driver_.Click("Teach/Capture frame");
  driver_.Frames(2);
  driver_.ClickAt(OnScreen(10));
  const Point2f before = drafts_.teach.editor->points_px()[10];
  EXPECT_TRUE(HandleKey(drafts_.teach, "Right"));
  EXPECT_FLOAT_EQ(drafts_.teach.editor->points_px()[10].x, before.x + 0.25F);
  EXPECT_FALSE(HandleKey(drafts_.teach, "S"));
}

TEST_F(TeachPanelTest, AKeyIsLeftToOthersWhileNothingIsCorrected) {
  EXPECT_FALSE(HandleKey(drafts_.teach, "Right"));
}

TEST_F(TeachPanelTest, CancelShowsTheLivePictureAgain) {
  driver_.Click("Teach/Capture frame");
  driver_.Click("Teach/Cancel");
  EXPECT_FALSE(drafts_.teach.editor.has_value());
  driver_.Frames(1);
  EXPECT_FALSE(driver_.Has("Teach/Point 0"));
}

TEST_F(TeachPanelTest, FineTuningWantsTwoSamples) {
  state_.parts.model = "/models/face68-fast.safetensors";
  EXPECT_TRUE(driver_.Click("Teach/Fine-tune").empty());
  state_.teaching.samples = {{"/home/ada/samples/a.png", "/home/ada/samples/a.pts"},
                             {"/home/ada/samples/b.png", "/home/ada/samples/b.pts"}};
  driver_.Frames(2);
  const TrainingOrder order = Only<StartTraining>(driver_.Click("Teach/Fine-tune")).order;
  EXPECT_EQ(order.task, "face68");
  EXPECT_EQ(order.data, std::vector<std::string>{"/home/ada/samples"});
  EXPECT_EQ(order.options.init, "/models/face68-fast.safetensors");
  EXPECT_EQ(order.compare_with, "/models/face68-fast.safetensors");
}

TEST_F(TeachPanelTest, ASampleIsRemoved) {
  state_.teaching.samples = {{"/home/ada/samples/a.png", "/home/ada/samples/a.pts"}};
  driver_.Frames(2);
  EXPECT_EQ(Only<RemoveSaved>(driver_.Click("Teach/Remove a")).sample.points,
            "/home/ada/samples/a.pts");
}

}  // namespace
}  // namespace nosetip
