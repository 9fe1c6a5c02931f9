#include "training/background/training_worker.h"

#include <algorithm>
#include <numeric>

#include <gmock/gmock.h>

#include "tests/unit/training/background/training_fixture.h"
#include "training/landmarks/recipes.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

class TrainingWorkerTest : public SmallTraining {
 protected:
  void CarryOut(TrainingRequestKind kind, const TrainingOrder& order) {
    events_.clear();
    stop_ = {};
    worker_.CarryOut({kind, order}, stop_.get_token());
  }

  template <typename Event>
  std::vector<Event> All() const {
    std::vector<Event> found;
    for (const TrainingEvent& event : events_) {
      if (const auto* one = std::get_if<Event>(&event)) found.push_back(*one);
    }
    return found;
  }

  std::vector<ShownFaces> Shown(ShownFaceKind kind) const {
    auto shown = All<ShownFaces>();
    std::erase_if(shown, [kind](const ShownFaces& faces) { return faces.kind != kind; });
    return shown;
  }

  std::vector<TrainingEvent> events_;
  std::function<void(const TrainingEvent&)> on_event_ = [](const TrainingEvent&) {};
  std::stop_source stop_;
  int trained_ = 0;
  TrainingWorker worker_{[this](const TrainingEvent& event) {
                           events_.push_back(event);
                           on_event_(event);
                         },
                         [this](const TrainJob&, const TrainReport&) { ++trained_; }};
};

TEST_F(TrainingWorkerTest, ShowsTheDataBeforeAnyTraining) {
  CarryOut(TrainingRequestKind::kInspect, Order());
  const auto reports = All<DataReport>();
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].faces, 40U);
  EXPECT_EQ(reports[0].train_faces + reports[0].validation_faces, 40U);
  EXPECT_GT(reports[0].validation_faces, 4U);
  EXPECT_THAT(reports[0].text, HasSubstr("faces         40 with points"));
  const auto samples = Shown(ShownFaceKind::kSample);
  ASSERT_EQ(samples.size(), 1U);
  ASSERT_GE(samples[0].faces.size(), 12U);  // and some that look odd
  EXPECT_EQ(samples[0].faces[0].picture.width_px, 32);
  EXPECT_EQ(samples[0].faces[0].truth_px.size(), 68U);
  EXPECT_EQ(Shown(ShownFaceKind::kAugmented).at(0).faces.size(), samples[0].faces.size());
  EXPECT_TRUE(std::holds_alternative<RequestDone>(events_.back()));
  EXPECT_FALSE(std::filesystem::exists(Order().out));
}

TEST_F(TrainingWorkerTest, NamesWhatIsWrongWithTheData) {
  FacePack pack = SyntheticPack(40, 64);
  const size_t second = 1;
  std::copy_n(pack.points_px.begin(), 136, pack.points_px.begin() + 136 * second);
  SavePack(folder_ / "faces.safetensors", pack);
  CarryOut(TrainingRequestKind::kInspect, Order());
  const auto problems = All<DataReport>().at(0).problems;
  const auto same =
      std::ranges::find(problems, "faces with exactly the points of another", &DataProblem::kind);
  ASSERT_NE(same, problems.end());
  EXPECT_THAT(same->what, HasSubstr("face1: its points are those of face0"));
  const auto shown = Shown(ShownFaceKind::kSample).at(0).faces;
  EXPECT_TRUE(std::ranges::any_of(
      shown, [](const ShownFace& face) { return face.caption.find("same points") == 0; }));
}

TEST_F(TrainingWorkerTest, TrainsAsTheCommandLineDoesAndMeasures) {
  TrainingOrder order = Order();
  const TrainReport alone = RunTraining(AsJob(order), {}, {});
  order.out = folder_ / "worker";
  order.compare_with = alone.model.string();
  CarryOut(TrainingRequestKind::kTrain, order);
  ExpectSameHistory(All<EpochStats>(), alone.history);
  EXPECT_EQ(All<TrainingResult>().at(0).best.epoch, alone.best.epoch);
  EXPECT_EQ(trained_, 1);
  const auto answers = Shown(ShownFaceKind::kValidation);
  ASSERT_FALSE(answers.empty());
  EXPECT_EQ(answers.back().epoch, alone.best.epoch);
  EXPECT_EQ(answers.back().faces.at(0).predicted_px.size(), 68U);
  // The old model is the same training: no difference.
  const ModelComparison comparison = All<ModelComparison>().at(0);
  EXPECT_EQ(comparison.gain, 0.0);
  EXPECT_EQ(comparison.faces.size(), alone.validation_faces);
  EXPECT_EQ(comparison.remark, "");
  EXPECT_EQ(VerdictOf(comparison), Verdict::kUnclear);
  EXPECT_TRUE(std::holds_alternative<RequestDone>(events_.back()));
}

// As the app asks for it: the recipe's options, and a few faces.
TEST_F(TrainingWorkerTest, FineTunesAndComparesOnFacesTooFewToHoldOut) {
  TrainingOrder order = Order();
  order.options.architecture = "resnet18";
  order.options.epochs = 1;
  const std::string old_model = RunTraining(AsJob(order), {}, {}).model.string();
  SavePack(folder_ / "few.safetensors", SyntheticPack(3, 64, {}, /*spread=*/0.15F));
  const Recipe recipe = RecipeOf("face68", "fine-tune");
  order.data = {(folder_ / "few.safetensors").string()};
  order.options = recipe.train;
  order.augment = recipe.augment;
  order.options.init = order.compare_with = old_model;
  order.options.epochs = 2;
  order.options.steps = 3;
  order.options.device = "cpu";
  order.options.threads = 1;
  order.out = folder_ / "tuned";
  CarryOut(TrainingRequestKind::kTrain, order);
  ASSERT_TRUE(std::holds_alternative<RequestDone>(events_.back()))
      << std::get<RequestFailed>(events_.back()).error;
  EXPECT_EQ(All<DataReport>().at(0).train_faces, 3U);
  EXPECT_EQ(All<DataReport>().at(0).validation_faces, 0U);
  EXPECT_EQ(Shown(ShownFaceKind::kSample).at(0).faces.at(0).picture.width_px, 32);
  EXPECT_EQ(All<EpochStats>().size(), 2U);
  const ModelComparison comparison = All<ModelComparison>().at(0);
  EXPECT_EQ(comparison.faces.size(), 3U);
  EXPECT_TRUE(comparison.on_training_faces);
  EXPECT_THAT(comparison.remark, HasSubstr("no face was held out of the new model's training"));
  EXPECT_NE(VerdictOf(comparison), Verdict::kBetter);
  CarryOut(TrainingRequestKind::kMeasure, order);
  EXPECT_EQ(All<ModelComparison>().at(0).faces.size(), 3U);
  order.options.init.clear();
  CarryOut(TrainingRequestKind::kTrain, order);
  EXPECT_THAT(std::get<RequestFailed>(events_.back()).error, HasSubstr("--init"));
}

TEST_F(TrainingWorkerTest, StopsAndGoesOn) {
  const TrainReport whole = RunTraining(AsJob(Order()), {}, {});
  TrainingOrder order = Order();
  order.out = folder_ / "stopped";
  on_event_ = [&](const TrainingEvent& event) {
    // Not by a step: those are told now and then only.
    if (std::holds_alternative<EpochStats>(event)) stop_.request_stop();
  };
  CarryOut(TrainingRequestKind::kTrain, order);
  EXPECT_TRUE(std::get<RequestDone>(events_.back()).stopped);
  EXPECT_EQ(All<TrainingResult>().at(0).epochs, 1);
  EXPECT_TRUE(All<ModelComparison>().empty());
  EXPECT_EQ(trained_, 0);
  on_event_ = [](const TrainingEvent&) {};
  CarryOut(TrainingRequestKind::kMeasure, order);
  EXPECT_EQ(All<ModelComparison>().at(0).remark, "there is no older model to compare with");
  order.resume = true;
  CarryOut(TrainingRequestKind::kTrain, order);
  ExpectSameHistory(All<EpochStats>(), whole.history);
}

TEST_F(TrainingWorkerTest, StopsWhileItReads) {
  on_event_ = [&](const TrainingEvent& event) {
    if (std::holds_alternative<WorkProgress>(event)) stop_.request_stop();
  };
  CarryOut(TrainingRequestKind::kInspect, Order());
  EXPECT_TRUE(std::get<RequestDone>(events_.back()).stopped);
  EXPECT_TRUE(All<DataReport>().empty());
}

TEST_F(TrainingWorkerTest, SaysWhatIsInTheWay) {
  const auto error_of = [&](const TrainingOrder& order, TrainingRequestKind kind) {
    CarryOut(kind, order);
    return std::get<RequestFailed>(events_.back()).error;
  };
  TrainingOrder order = Order();
  order.data = {};
  EXPECT_THAT(error_of(order, TrainingRequestKind::kInspect), HasSubstr("no data set is named"));
  order.data = {(folder_ / "nowhere").string()};
  EXPECT_THAT(error_of(order, TrainingRequestKind::kInspect), HasSubstr("nowhere"));
  order = Order();
  order.task = "ear";
  EXPECT_THAT(error_of(order, TrainingRequestKind::kInspect), HasSubstr("unknown training 'ear'"));
  order = Order();
  order.options.batch = 1;
  EXPECT_THAT(error_of(order, TrainingRequestKind::kTrain), HasSubstr("--batch is 1"));
  EXPECT_THAT(error_of(Order(), TrainingRequestKind::kMeasure), HasSubstr("holds no model yet"));
}

}  // namespace
}  // namespace nosetip
