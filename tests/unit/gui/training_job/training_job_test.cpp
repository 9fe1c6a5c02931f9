#include "gui/training_job/training_job.h"

#include <chrono>
#include <csignal>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/training/background/training_fixture.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// The fields of a process's or thread's stat from the third on, which is its state.
std::vector<std::string> StatFields(const fs::path& folder) {
  std::ifstream file(folder / "stat");
  std::string text;
  std::getline(file, text);
  std::istringstream rest(text.substr(std::min(text.size(), text.rfind(')') + 1)));
  std::vector<std::string> fields;
  for (std::string field; rest >> field;) fields.push_back(field);
  return fields;
}

std::vector<pid_t> Children() {
  std::vector<pid_t> found;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const std::string name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const auto fields = StatFields(entry.path());
    if (fields.size() > 1 && fields[0] != "Z" && fields[1] == std::to_string(getpid())) {
      found.push_back(static_cast<pid_t>(std::stol(name)));
    }
  }
  return found;
}

class TrainingJobTest : public SmallTraining {
 protected:
  // Every process ends by itself once its job is gone.
  void TearDown() override {
    while (waitpid(-1, nullptr, 0) > 0) {
    }
  }

  static std::chrono::steady_clock::time_point GiveUpAt() {
    return std::chrono::steady_clock::now() + std::chrono::minutes(4);
  }
  static TrainingState WaitFor(const TrainingJob& job,
                               const std::function<bool(const TrainingState&)>& reached) {
    for (const auto give_up = GiveUpAt();;) {
      TrainingState state = job.Read();
      if (reached(state)) return state;
      if (std::chrono::steady_clock::now() > give_up) {
        ADD_FAILURE() << "never reached; error: " << state.error;
        return state;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }
  static TrainingState WaitForEnd(const TrainingJob& job) {
    return WaitFor(job, [](const TrainingState& state) { return !IsBusy(state); });
  }
  static TrainingState WaitForSteps(const TrainingJob& job) {
    return WaitFor(
        job, [](const TrainingState& state) { return state.step.epoch > 0 || !IsBusy(state); });
  }

  TrainingOrder LongOrder() const {
    TrainingOrder order = Order();
    order.options.epochs = 100000;
    return order;
  }

  // The trainer at the usual priority: at its own, it gets no time while the machine is busy.
  fs::path UsualPriorityTrainer() const {
    const fs::path script = folder_ / "trainer";
    WriteText(script, "#!/bin/sh\nexec '" NOSETIP_TRAINER "' \"$@\" --lowered\n");
    fs::permissions(script, fs::perms::owner_all);
    return script;
  }

  const fs::path trainer_ = UsualPriorityTrainer();
};

TEST_F(TrainingJobTest, TrainsInAnotherProcessAndTellsAllOfIt) {
  const TrainReport alone = RunTraining(AsJob(Order()), {}, {});
  TrainingJob job(trainer_);
  EXPECT_EQ(job.Read().stage, TrainingStage::kIdle);
  TrainingOrder order = Order();
  order.out = folder_ / "beside";
  order.compare_with = alone.model.string();
  job.Inspect(order);
  const TrainingState inspected = WaitForEnd(job);
  EXPECT_EQ(inspected.stage, TrainingStage::kInspected) << inspected.error;
  EXPECT_EQ(inspected.data->at(0).faces, 40U);
  EXPECT_GE(inspected.samples->faces.size(), 12U);
  job.Train(order);
  const TrainingState done = WaitForEnd(job);
  EXPECT_EQ(done.stage, TrainingStage::kDone) << done.error;
  ExpectSameHistory(*done.history, alone.history);
  EXPECT_EQ(done.comparison->faces.size(), alone.validation_faces);
  EXPECT_FALSE(done.validation->faces.empty());
  EXPECT_TRUE(fs::exists(done.result->model));
  EXPECT_THAT(done.remark, HasSubstr("to train on"));
}

// Threads inherit the priority that the process has when it starts itself again, as --lowered.
TEST_F(TrainingJobTest, LeavesTheProcessorToOthersWithAllOfItsThreads) {
  TrainingJob job(NOSETIP_TRAINER);
  job.Train(LongOrder());
  const std::vector<pid_t> children = Children();
  ASSERT_EQ(children.size(), 1U);
  const fs::path process = fs::path("/proc") / std::to_string(children[0]);
  std::string command;
  for (const auto give_up = GiveUpAt(); command.find("--lowered") == std::string::npos;) {
    ASSERT_LT(std::chrono::steady_clock::now(), give_up) << command;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    command = ReadText(process / "cmdline");
  }
  std::vector<std::string> policies;
  for (const auto& thread : fs::directory_iterator(process / "task")) {
    policies.push_back(StatFields(thread.path()).at(38));
  }
  EXPECT_THAT(policies, AllOf(Not(IsEmpty()), Each(std::to_string(SCHED_IDLE))));
  // On a busy machine it would take minutes to end by itself.
  kill(children[0], SIGKILL);
}

TEST_F(TrainingJobTest, PausesWithinAStepAndGoesOn) {
  TrainingJob job(trainer_);
  job.Train(LongOrder());
  WaitForSteps(job);
  job.Pause();
  EXPECT_TRUE(job.Read().paused);
  const fs::path process = "/proc/" + std::to_string(Children().at(0));
  WaitFor(job, [&](const TrainingState&) { return StatFields(process).at(0) == "T"; });
  job.Resume();
  EXPECT_FALSE(job.Read().paused);
  const int epochs = static_cast<int>(job.Read().history ? job.Read().history->size() : 0);
  WaitFor(job, [&](const TrainingState& state) {
    return state.history && static_cast<int>(state.history->size()) > epochs + 1;
  });
  job.Pause();
  job.Stop();  // also from a pause
  EXPECT_EQ(WaitForEnd(job).stage, TrainingStage::kStopped);
}

TEST_F(TrainingJobTest, ClosingKeepsWhatWasDoneOfAnEpoch) {
  TrainingOrder order = Order();
  order.options.architecture = "resnet18";  // slow enough to be met in the middle of an epoch
  order.options.epochs = 2;
  const TrainReport whole = RunTraining(AsJob(order), {}, {});
  order.out = folder_ / "closed";
  pid_t trainer = 0;
  {
    TrainingJob job(trainer_);
    job.Train(order);
    WaitForSteps(job);
    trainer = Children().at(0);
    job.Pause();
  }
  int status = -1;
  if (waitpid(trainer, &status, 0) == trainer) {
    EXPECT_TRUE(WIFEXITED(status));
  }
  order.resume = true;
  TrainingJob job(trainer_);
  job.Train(order);
  const TrainingState done = WaitForEnd(job);
  EXPECT_EQ(done.stage, TrainingStage::kDone) << done.error;
  ExpectSameHistory(*done.history, whole.history);
}

TEST_F(TrainingJobTest, SaysThatTheTrainingWasKilledAndGoesOnWhenAsked) {
  TrainingJob job(trainer_);
  TrainingOrder order = LongOrder();
  job.Train(order);
  WaitFor(job, [](const TrainingState& state) { return state.history != nullptr; });
  kill(Children().at(0), SIGKILL);
  const TrainingState lost = WaitForEnd(job);
  EXPECT_EQ(lost.stage, TrainingStage::kFailed);
  EXPECT_THAT(lost.error, HasSubstr("stopped by signal 9"));
  order.resume = true;
  job.Train(order);
  const TrainingState resumed = WaitForSteps(job);
  EXPECT_GT(resumed.step.epoch, 1) << resumed.error;
  job.Stop();
  EXPECT_EQ(WaitForEnd(job).stage, TrainingStage::kStopped);
}

TEST_F(TrainingJobTest, NamesATrainerThatIsNotThere) {
  TrainingJob job(folder_ / "nosetip-train");
  job.Inspect(Order());
  const TrainingState state = job.Read();
  EXPECT_EQ(state.stage, TrainingStage::kFailed);
  EXPECT_THAT(state.error, HasSubstr("cannot start"));
}

TEST_F(TrainingJobTest, SaysWhatIsWrongWithAnOrder) {
  TrainingJob job(trainer_);
  TrainingOrder order = Order();
  order.options.batch = 1;
  job.Train(order);
  EXPECT_THAT(WaitForEnd(job).error, HasSubstr("--batch is 1"));
  job.Inspect(Order());  // the process is still there
  EXPECT_EQ(WaitForEnd(job).stage, TrainingStage::kInspected);
}

}  // namespace
}  // namespace nosetip
