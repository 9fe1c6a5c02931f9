#include "training/run/training_loop.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/test_files.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr int kEpochs = 3;
constexpr int kSteps = 3;

struct Row {
  int epoch = 0;
  double train_loss = 0.0;
  double error = 0.0;
  double learning_rate = 0.0;
  double seconds = 0.0;

  static std::span<const HistoryColumn<Row>> HistoryColumns() {
    static constexpr std::array<HistoryColumn<Row>, 4> kColumns = {
        {{"train_loss", &Row::train_loss},
         {"error", &Row::error},
         {"learning_rate", &Row::learning_rate},
         {"seconds", &Row::seconds}}};
    return kColumns;
  }
};

// Fits a line through random points: random numbers at the start of an epoch and in each step.
class LineTask {
 public:
  using Epoch = Row;

  LineTask(std::filesystem::path out, bool resume) : out_(std::move(out)), resume_(resume) {
    SeedEpoch(kSeed, 0);
    state_.network = torch::nn::Sequential(torch::nn::Linear(1, 1));
    state_.averaged = torch::nn::Sequential(torch::nn::Linear(1, 1));
    StartRun(state_, torch::kCPU, {0.1});
  }

  RunState& state() { return state_; }
  LoopSettings Settings() const {
    return {.out = out_,
            .resume = resume_,
            .epochs = epochs,
            .steps = kSteps,
            .seed = kSeed,
            .learning_rate = 0.1,
            .cosine = cosine,
            .average = 0.5,
            .writes = writes};
  }
  nlohmann::json Identity() const { return {{"options", {{"color", color}, {"epochs", epochs}}}}; }

  void BeginEpoch(int /*epoch*/, int64_t first_step) {
    offset_ = torch::rand({1});
    first_steps.push_back(first_step);
  }
  double Step(int64_t step, double learning_rate) {
    SetLearningRate(*state_.optimizer, learning_rate);
    const torch::Tensor x = torch::rand({4, 1}) + offset_;
    const torch::Tensor loss = torch::mse_loss(state_.network->forward(x), 2.0 * x - 1.0);
    state_.optimizer->zero_grad();
    loss.backward();
    state_.optimizer->step();
    ++steps;
    return loss.item<double>() + (step == broken_step ? std::nan("") : 0.0);
  }
  void Measure(Row& row) { row.error = error_of(row.epoch, AveragedWeight()); }
  double ErrorOf(const Row& row) const { return row.error; }
  void SaveModel(const std::filesystem::path& /*path*/, const Row& row) {
    saved.push_back(row.epoch);
  }

  double AveragedWeight() { return state_.averaged->parameters().front().item<double>(); }

  std::string color = "red";
  int epochs = kEpochs;
  bool cosine = true;
  int64_t broken_step = -1;
  bool writes = true;
  std::function<double(int, double)> error_of = [](int, double weight) { return -weight; };
  // What the loop has asked for.
  std::vector<int64_t> first_steps;
  int steps = 0;
  std::vector<int> saved;

 private:
  static constexpr int kSeed = 5;

  std::filesystem::path out_;
  bool resume_;
  RunState state_;
  torch::Tensor offset_;
};

using Loop = TrainingLoop<LineTask>;

// Trains until `stop_after` steps are done in this call.
Loop::Result RunTask(LineTask& task, int stop_after = 1000) {
  std::stop_source stop;
  if (stop_after == 0) stop.request_stop();
  TrainingProgress<Row> progress;
  progress.on_step = [&](const StepStats&) {
    if (task.steps == stop_after) stop.request_stop();
  };
  return Loop(task, progress).Run(stop.get_token());
}

std::string ErrorOfRun(LineTask& task) {
  try {
    RunTask(task);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

std::vector<double> Numbers(const Loop::Result& result) {
  std::vector<double> numbers;
  for (const Row& row : result.history) {
    numbers.insert(numbers.end(), {row.train_loss, row.error, row.learning_rate});
  }
  return numbers;
}

class TrainingLoopTest : public ::testing::Test {
 protected:
  LineTask Fresh() { return {folder_.path(), false}; }
  LineTask Resumed() { return {folder_.path(), true}; }

  TempFolder folder_;
};

TEST_F(TrainingLoopTest, OfAnotherThanTheFirstProcessOnlyTakesSteps) {
  LineTask task = Fresh();
  task.writes = false;
  const Loop::Result result = RunTask(task);
  EXPECT_EQ(task.steps, kEpochs * kSteps);
  EXPECT_EQ(result.history.size(), static_cast<size_t>(kEpochs));
  EXPECT_TRUE(task.saved.empty());
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST(SeedStep, GivesEachProcessAndStepOtherNumbers) {
  std::vector<int64_t> numbers;
  for (const auto& [epoch, step, rank] :
       {std::array{1, 0, 0}, {1, 0, 1}, {1, 1, 0}, {2, 0, 0}, {0, 1, 1}}) {
    SeedStep(7, epoch, step, rank);
    numbers.push_back(torch::randint(1LL << 40U, {1}, torch::kInt64).item<int64_t>());
  }
  std::ranges::sort(numbers);
  EXPECT_TRUE(std::ranges::adjacent_find(numbers) == numbers.end());
  SeedStep(7, 1, 0, 0);
  const int64_t again = torch::randint(1LL << 40U, {1}, torch::kInt64).item<int64_t>();
  EXPECT_TRUE(std::ranges::binary_search(numbers, again));
}

TEST_F(TrainingLoopTest, CallsTheTaskInOrder) {
  LineTask task = Fresh();
  const Loop::Result result = RunTask(task);
  EXPECT_FALSE(result.stopped);
  EXPECT_EQ(task.steps, kEpochs * kSteps);
  EXPECT_THAT(task.first_steps, ElementsAre(0, 0, 0));
  EXPECT_EQ(task.saved.back(), result.best.epoch);
  EXPECT_EQ(ReadLines(folder_ / kRunHistory).size(), kEpochs + 1U);
  EXPECT_THAT(ReadText(folder_ / kRunOptions), HasSubstr("red"));
}

class StoppedTrainingLoop : public TrainingLoopTest, public ::testing::WithParamInterface<int> {};

TEST_P(StoppedTrainingLoop, GivesTheSameHistoryAndWeightsAfterAResume) {
  const TempFolder elsewhere;
  LineTask whole(elsewhere.path(), false);
  const Loop::Result expected = RunTask(whole);

  LineTask first = Fresh();
  const Loop::Result stopped = RunTask(first, GetParam());
  const bool at_the_end = GetParam() == kEpochs * kSteps;
  EXPECT_EQ(stopped.stopped, !at_the_end);
  EXPECT_EQ(stopped.history.size(), static_cast<size_t>(GetParam() / kSteps));
  EXPECT_EQ(first.steps, GetParam());
  LineTask second = Resumed();
  const Loop::Result resumed = RunTask(second);
  EXPECT_FALSE(resumed.stopped);
  EXPECT_EQ(second.steps, kEpochs * kSteps - GetParam());
  if (!at_the_end) {
    EXPECT_EQ(second.first_steps.front(), GetParam() % kSteps);
  }
  EXPECT_EQ(Numbers(resumed), Numbers(expected));
  EXPECT_EQ(resumed.best.epoch, expected.best.epoch);
  EXPECT_EQ(second.AveragedWeight(), whole.AveragedWeight());
}

// From before the first step to the last step of the last epoch.
INSTANTIATE_TEST_SUITE_P(AfterSteps, StoppedTrainingLoop, ::testing::Range(0, kEpochs* kSteps + 1));

TEST_F(TrainingLoopTest, CanBeStoppedMoreThanOnceInAnEpoch) {
  const TempFolder elsewhere;
  LineTask whole(elsewhere.path(), false);
  const Loop::Result expected = RunTask(whole);
  LineTask first = Fresh();
  RunTask(first, 1);
  LineTask second = Resumed();
  EXPECT_TRUE(RunTask(second, 1).stopped);
  LineTask third = Resumed();
  EXPECT_EQ(Numbers(RunTask(third)), Numbers(expected));
  EXPECT_EQ(third.first_steps.front(), 2);
}

TEST_F(TrainingLoopTest, KeepsTheModelOfAnEarlierEpochThatIsBetter) {
  const auto second_is_best = [](int epoch, double) { return std::abs(epoch - 2.0); };
  LineTask task = Fresh();
  task.error_of = second_is_best;
  EXPECT_EQ(RunTask(task, 2 * kSteps).best.epoch, 2);
  LineTask resumed = Resumed();
  resumed.error_of = second_is_best;
  EXPECT_EQ(RunTask(resumed).best.epoch, 2);
  EXPECT_THAT(task.saved, ElementsAre(1, 2));
  EXPECT_TRUE(resumed.saved.empty());
}

TEST_F(TrainingLoopTest, TakesAnyNumberAsBetterThanNone) {
  LineTask task = Fresh();
  task.error_of = [](int epoch, double) { return epoch == 2 ? 7.0 : std::nan(""); };
  EXPECT_EQ(RunTask(task).best.epoch, 2);
  EXPECT_THAT(task.saved, ElementsAre(1, 2));
}

TEST_F(TrainingLoopTest, ResumesAFinishedRunWithoutAStep) {
  LineTask task = Fresh();
  const Loop::Result expected = RunTask(task);
  const std::string history = ReadText(folder_ / kRunHistory);
  std::filesystem::remove(folder_ / kRunHistory);  // as a kill just before it was written
  LineTask resumed = Resumed();
  size_t told_epochs = 0;
  TrainingProgress<Row> progress;
  progress.on_history = [&](const std::vector<Row>& rows) { told_epochs = rows.size(); };
  const Loop::Result result = Loop(resumed, progress).Run({});
  EXPECT_FALSE(result.stopped);
  EXPECT_EQ(resumed.steps, 0);
  EXPECT_EQ(told_epochs, static_cast<size_t>(kEpochs));
  EXPECT_EQ(Numbers(result), Numbers(expected));
  EXPECT_EQ(ReadText(folder_ / kRunHistory), history);
}

// Trains `epochs` in all, after `first` of them as a run of `first`.
Loop::Result TrainRaised(const std::filesystem::path& out, int first, int epochs, bool cosine) {
  LineTask short_one(out, false);
  short_one.epochs = first;
  short_one.cosine = cosine;
  RunTask(short_one);
  LineTask raised(out, true);
  raised.epochs = epochs;
  raised.cosine = cosine;
  return RunTask(raised);
}

TEST_F(TrainingLoopTest, IsAsLongFromTheStartWhereTheRateIsConstantAndEpochsAreRaised) {
  const TempFolder elsewhere;
  LineTask whole(elsewhere.path(), false);
  whole.epochs = 5;
  whole.cosine = false;
  const Loop::Result expected = RunTask(whole);
  const Loop::Result raised = TrainRaised(folder_.path(), 2, 5, false);
  EXPECT_EQ(Numbers(raised), Numbers(expected));
  ASSERT_EQ(raised.raised.size(), 1U);
  EXPECT_EQ(raised.raised[0].done, 2);
  EXPECT_EQ(raised.raised[0].from, 2);
  EXPECT_EQ(raised.raised[0].to, 5);
}

TEST_F(TrainingLoopTest, GoesOnWithTheRateOfALongerRunWhereEpochsAreRaised) {
  const TempFolder elsewhere;
  LineTask whole(elsewhere.path(), false);
  whole.epochs = 5;
  const Loop::Result expected = RunTask(whole);
  const Loop::Result raised = TrainRaised(folder_.path(), 2, 5, true);
  ASSERT_EQ(raised.history.size(), 5U);
  EXPECT_LT(raised.history[1].learning_rate, expected.history[1].learning_rate);
  for (size_t i = 2; i < 5; ++i) {
    EXPECT_EQ(raised.history[i].learning_rate, expected.history[i].learning_rate);
  }
}

// Also where it is stopped in an epoch after the raise, and raised again.
TEST_F(TrainingLoopTest, ResumesARaisedRunToTheSameHistory) {
  const TempFolder elsewhere;
  const Loop::Result expected = TrainRaised(elsewhere.path(), 2, 4, true);
  LineTask first = Fresh();
  first.epochs = 2;
  RunTask(first);
  LineTask stopped = Resumed();
  stopped.epochs = 4;
  EXPECT_TRUE(RunTask(stopped, 1).stopped);
  LineTask last = Resumed();
  last.epochs = 4;
  const Loop::Result resumed = RunTask(last);
  EXPECT_EQ(Numbers(resumed), Numbers(expected));
  EXPECT_EQ(resumed.raised.size(), 1U);
  LineTask again = Resumed();
  again.epochs = 6;
  EXPECT_EQ(RunTask(again).raised.size(), 2U);
}

std::vector<std::string> MessagesOf(LineTask& task) {
  std::vector<std::string> messages;
  TrainingProgress<Row> progress;
  progress.on_message = [&](const std::string& text) { messages.push_back(text); };
  Loop(task, progress).Run({});
  return messages;
}

TEST_F(TrainingLoopTest, TellsOfRaisedEpochsAndOfNoneLeft) {
  LineTask task = Fresh();
  EXPECT_THAT(MessagesOf(task), ElementsAre());
  LineTask finished = Resumed();
  EXPECT_THAT(MessagesOf(finished), ElementsAre(HasSubstr("epoch 3 of 3 is done. To continue")));
  LineTask raised = Resumed();
  raised.epochs = 4;
  EXPECT_THAT(MessagesOf(raised), ElementsAre(HasSubstr("raised from 3 to 4 after epoch 3;")));
  LineTask lowered = Resumed();
  EXPECT_THAT(ErrorOfRun(lowered),
              HasSubstr("epochs = 4, not 3. Epochs can be raised, not lowered"));
}

TEST_F(TrainingLoopTest, ChangesNoFileWhenOptionsDifferOnResume) {
  LineTask task = Fresh();
  RunTask(task, 1);
  const std::string state = ReadText(folder_ / kRunState);
  LineTask other = Resumed();
  other.color = "blue";
  EXPECT_THAT(ErrorOfRun(other), HasSubstr(R"(was started with color = "red", not "blue")"));
  EXPECT_THAT(ReadText(folder_ / kRunOptions), HasSubstr("red"));
  EXPECT_EQ(ReadText(folder_ / kRunState), state);
}

TEST_F(TrainingLoopTest, EndsWhereTheLossIsNoNumberAndKeepsTheEpochsBefore) {
  LineTask task = Fresh();
  RunTask(task, kSteps + 1);
  LineTask broken = Resumed();
  broken.broken_step = 2;
  EXPECT_THAT(ErrorOfRun(broken), HasSubstr("not a finite number in epoch 2"));
  LineTask resumed = Resumed();
  EXPECT_EQ(RunTask(resumed).history.size(), static_cast<size_t>(kEpochs));
  EXPECT_EQ(resumed.first_steps.front(), 1);
}

}  // namespace
}  // namespace nosetip
