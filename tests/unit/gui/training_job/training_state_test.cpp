#include "gui/training_job/training_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nosetip {
namespace {

using std::chrono::seconds;

TrainingState After(std::vector<TrainingEvent> events) {
  TrainingState state = StateAtStart({}, TrainingRequestKind::kTrain, 2);
  for (const TrainingEvent& event : events) state = StateAfter(std::move(state), event);
  return state;
}

TEST(TrainingState, FollowsATrainingFromDataToComparison) {
  std::vector<TrainingEvent> events = {WorkProgress{"opening pictures", 1, 5}};
  EXPECT_EQ(After(events).stage, TrainingStage::kReading);
  EXPECT_EQ(After(events).work.total, 5U);
  events.insert(events.end(), {DataReport{}, DataReport{}, TrainingRemark{"device: CPU"}});
  EXPECT_EQ(After(events).data->size(), 2U);
  EXPECT_EQ(After(events).stage, TrainingStage::kTraining);
  EpochStats epoch;
  epoch.epoch = 1;
  events.insert(events.end(), {StepStats{1, 3, 4, 0.5}, epoch});
  EXPECT_EQ(After(events).history->size(), 1U);
  EXPECT_EQ(After(events).step.step, 3);
  EXPECT_TRUE(IsBusy(After(events)));
  events.insert(events.end(), {TrainingResult{}, WorkProgress{"measuring", 1, 8}});
  EXPECT_EQ(After(events).stage, TrainingStage::kMeasuring);
  events.insert(events.end(), {ModelComparison{}, RequestDone{}});
  EXPECT_EQ(After(events).stage, TrainingStage::kDone);
  EXPECT_FALSE(IsBusy(After(events)));
}

TEST(TrainingState, TellsInspectedStoppedAndFailedApart) {
  EXPECT_EQ(After({DataReport{}, RequestDone{}}).stage, TrainingStage::kInspected);
  EXPECT_EQ(After({DataReport{}, RequestDone{true}}).stage, TrainingStage::kStopped);
  const TrainingState failed = After({RequestFailed{"no disk"}});
  EXPECT_EQ(failed.stage, TrainingStage::kFailed);
  EXPECT_EQ(failed.error, "no disk");
}

TEST(TrainingState, ForgetsAnOlderTrainingButNotWhatIsMeasured) {
  const TrainingState before = After({DataReport{}, EpochStats{}, TrainingResult{}});
  const TrainingState anew = StateAtStart(before, TrainingRequestKind::kTrain, 3);
  EXPECT_EQ(anew.history, nullptr);
  EXPECT_FALSE(anew.result);
  const TrainingState measured = StateAtStart(before, TrainingRequestKind::kMeasure, 3);
  EXPECT_EQ(measured.history, before.history);
}

TEST(TrainingState, KeepsTheFacesOfEachKind) {
  const TrainingState state =
      After({ShownFaces{ShownFaceKind::kSample, 0, {ShownFace{}}},
             ShownFaces{ShownFaceKind::kValidation, 1, {}},
             ShownFaces{ShownFaceKind::kValidation, 2, {ShownFace{}, ShownFace{}}}});
  EXPECT_EQ(state.samples->faces.size(), 1U);
  EXPECT_EQ(state.augmented, nullptr);
  EXPECT_EQ(state.validation->epoch, 2);
}

TEST(DoneShare, CountsStepsOfAllEpochs) {
  EXPECT_EQ(DoneShare({}, 4), 0.0);
  EXPECT_EQ(DoneShare({3, 5, 10, 0.0}, 4), 0.625);
  EXPECT_EQ(DoneShare({4, 10, 10, 0.0}, 4), 1.0);
}

TEST(TimeLeft, LeavesOutPausesAndWhatWasDoneBefore) {
  TimeLeft left;
  const TimeLeft::Clock::time_point start{};
  EXPECT_FALSE(left.Seconds());
  left.OnProgress(0.5, start);  // resumed
  EXPECT_FALSE(left.Seconds());
  left.OnProgress(0.6, start + seconds(10));
  EXPECT_NEAR(*left.Seconds(), 40.0, 1e-6);
  left.OnPauseEnded(seconds(100));
  left.OnProgress(0.7, start + seconds(120));
  EXPECT_NEAR(*left.Seconds(), 30.0, 1e-6);
}

}  // namespace
}  // namespace nosetip
