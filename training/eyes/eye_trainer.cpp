#include "training/eyes/eye_trainer.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <random>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>
#include <torch/torch.h>

#include "tracker/core/error.h"
#include "tracker/model/checkpoint.h"
#include "tracker/model/device.h"
#include "tracker/model/eye_refiner.h"
#include "tracker/model/landmarker.h"
#include "training/data/trained_groups.h"
#include "training/evaluation/evaluate.h"
#include "training/evaluation/expression_errors.h"
#include "training/eyes/eye_losses.h"
#include "training/eyes/eye_samples.h"
#include "training/run/torch_errors.h"
#include "training/run/training_loop.h"

namespace nosetip {
namespace {

// A held-out face as the model finds it without the eye network.
struct FoundFace {
  const FaceToMeasure* face = nullptr;
  Landmarks landmarks;
};

Model ModelToCorrect(const std::string& path) {
  Model model = LoadModel(path);
  if (model.meta.schema != Ibug68().name) {
    throw Error(fmt::format(
        "{} gives the points of {}; the eye network needs a model with those of {}, such as face68",
        path, model.meta.schema, Ibug68().name));
  }
  return model;
}

// The eye network to start from.
torch::nn::Sequential EyesOf(const std::string& path) {
  const Model start = LoadModel(path);
  if (start.eyes) return start.eyes;
  throw Error(path + " has no eye network to start from; give a model that this command wrote");
}

std::vector<EyeSample> EyesToLearn(const EyeJob& job) {
  std::vector<EyeSample> eyes;
  for (const FacePack& pack : job.packs) {
    std::vector<size_t> faces;
    for (size_t i = 0; i < pack.FaceCount(); ++i) {
      if (!IsHeldOut(pack.groups[i], job.options.Validation())) faces.push_back(i);
    }
    for (EyeSample& eye : EyesOfPack(pack, faces)) eyes.push_back(std::move(eye));
  }
  return eyes;
}

std::vector<FaceToMeasure> FacesHeldOut(const EyeJob& job) {
  std::vector<FaceToMeasure> faces;
  for (const FacePack& pack : job.packs) {
    // The job outlives the faces.
    const std::shared_ptr<const FacePack> shared(std::shared_ptr<void>(), &pack);
    for (FaceToMeasure& face : FacesOfPack(shared, job.options.Validation())) {
      faces.push_back(std::move(face));
    }
  }
  return faces;
}

// A TrainingTask.
class EyeTraining {
 public:
  using Epoch = EyeEpoch;

  explicit EyeTraining(const EyeJob& job)
      : job_(job),
        identity_(IdentityOf(job)),
        model_(ModelToCorrect(job.model)),
        choice_(ChooseDevice(job.options.device)),
        device_(TorchDevice(choice_)),
        eyes_(EyesToLearn(job)),
        held_out_(FacesHeldOut(job)) {
    if (eyes_.empty()) {
      throw Error("the training faces have no eyes of more than a pixel; give other data");
    }
    const std::vector<double> rates = ShowingRates(eyes_);
    chosen_ = std::discrete_distribution<size_t>(rates.begin(), rates.end());
    const auto landmarker = LoadLandmarkerWithoutEyes(job.model);
    for (const FaceToMeasure& face : held_out_) {
      found_.push_back(
          {&face, landmarker->Locate(face.picture(), std::span(&face.box, 1)).front()});
    }
    PrepareTorchThread(job.options.threads);
    at::globalContext().setDeterministicCuDNN(true);
    SeedEpoch(job.options.seed, 0);
    state_ = NewRunState(EyeNetworkSpec());
    Start();
    StartRun(state_, device_, {job.options.learning_rate, job.options.weight_decay});
  }

  RunState& state() { return state_; }
  const DeviceChoice& device() const { return choice_; }
  size_t eyes() const { return eyes_.size(); }
  size_t held_out() const { return held_out_.size(); }
  const nlohmann::json& Identity() const { return identity_; }
  LoopSettings Settings() const;

  void BeginEpoch(int epoch, int64_t /*first_step*/) { epoch_ = epoch; }
  double Step(int64_t step, double learning_rate);
  void Measure(EyeEpoch& row) {
    state_.averaged->eval();  // nothing is dropped
    MeasureWith(EyeRefiner(state_.averaged, device_), row);
  }
  // Without the eye network.
  EyeEpoch Before() const {
    EyeEpoch row;
    MeasureWith(std::nullopt, row);
    return row;
  }
  double ErrorOf(const EyeEpoch& row) const { return row.openness_mae; }
  void SaveModel(const std::filesystem::path& path, const EyeEpoch& row);

 private:
  void Start();
  torch::Tensor MeanEye() const;
  void MeasureWith(const std::optional<EyeRefiner>& refiner, EyeEpoch& row) const;

  const EyeJob& job_;
  nlohmann::json identity_;
  Model model_;
  DeviceChoice choice_;
  torch::Device device_;
  std::vector<EyeSample> eyes_;
  std::vector<FaceToMeasure> held_out_;
  std::vector<FoundFace> found_;  // of those held out
  std::discrete_distribution<size_t> chosen_;
  RunState state_;
  int epoch_ = 0;
};

// The first weights.
void EyeTraining::Start() {
  if (job_.options.init.empty()) {
    SetOutputBias(state_.network, MeanEye());
    return;
  }
  CopyWeights(*EyesOf(job_.options.init), *state_.network);
}

LoopSettings EyeTraining::Settings() const {
  const EyeTrainOptions& options = job_.options;
  return {.out = job_.out,
          .resume = job_.resume,
          .may_raise_epochs = job_.may_raise_epochs,
          .epochs = options.epochs,
          .steps = std::max<int64_t>(1, std::ssize(eyes_) / options.batch),
          .batch = options.batch,
          .seed = options.seed,
          .learning_rate = options.learning_rate,
          .warmup_epochs = options.warmup_epochs,
          .average = options.average};
}

// [6, 2] in units of the crop.
torch::Tensor EyeTraining::MeanEye() const {
  torch::Tensor mean = torch::zeros({kPointsPerEye, 2});
  for (const EyeSample& eye : eyes_) mean += UnitsOf(eye.points);
  return mean / static_cast<double>(eyes_.size());
}

double EyeTraining::Step(int64_t step, double learning_rate) {
  // So that a resumed epoch shows the same eyes.
  std::seed_seq seed{static_cast<int64_t>(job_.options.seed), static_cast<int64_t>(epoch_), step};
  std::mt19937_64 random(seed);
  std::vector<EyeView> views;
  for (int i = 0; i < job_.options.batch; ++i) {
    views.push_back(RandomView(eyes_[chosen_(random)], job_.options.close_share, random));
  }
  const EyeBatch batch = BatchOf(views, device_);
  SetLearningRate(*state_.optimizer, learning_rate);
  const torch::Tensor loss =
      EyeLoss(state_.network->forward(batch.pictures), batch.points, job_.options.openness_weight);
  state_.optimizer->zero_grad();
  loss.backward();
  state_.optimizer->step();
  return loss.item<double>();
}

void EyeTraining::MeasureWith(const std::optional<EyeRefiner>& refiner, EyeEpoch& row) const {
  const LandmarkSchema& schema = Ibug68();
  std::vector<ExpressionPair> pairs;
  double nme = 0.0;
  for (const FoundFace& found : found_) {
    Landmarks face = found.landmarks;
    if (refiner) refiner->Refine(found.face->picture(), std::span(&face, 1));
    const std::vector<Point2f>& truth = found.face->truth_px;
    const auto eye_distance = Distance(truth[36], truth[45]);
    for (size_t k = 36; k < 48; ++k) {
      nme += 100.0 / 12.0 * Distance(truth[k], face.points_px[k]) / eye_distance;
    }
    const auto is = ExpressionOf(truth, schema);
    const auto seems = ExpressionOf(face.points_px, schema);
    if (is && seems) pairs.push_back({*is, *seems});
  }
  row.eye_nme = nme / static_cast<double>(found_.size());
  const auto errors = ExpressionErrorsOf(pairs);
  if (!errors) throw Error("no held-out face has eyes to measure; hold out others");
  const MeasureErrors& openness = errors->measures.front();
  row.openness_mae = openness.mean_absolute_error;
  row.correlation = openness.correlation.value_or(std::nan(""));
  row.slope = openness.slope.value_or(std::nan(""));
  row.shut_found = errors->shut_eyes.count > 0 ? errors->shut_eyes.found_mean : std::nan("");
}

void EyeTraining::SaveModel(const std::filesystem::path& path, const EyeEpoch& row) {
  Model model = model_;
  model.eyes = state_.averaged;
  const nlohmann::json& about = model_.meta.about;
  TrainedGroups trained(about.value(kTrainedGroups, std::string()));
  for (const FacePack& pack : job_.packs) {
    for (const std::string& group : pack.groups) {
      if (!IsHeldOut(group, job_.options.Validation())) trained.Add(group);
    }
  }
  model.meta.about[kTrainedGroups] = trained.Text();
  model.meta.about["eyes"] = {
      {"training", identity_}, {"epoch", row.epoch}, {"openness_mae", row.openness_mae}};
  nosetip::SaveModel(path, model, /*half=*/true);
}

EyeReport Train(const EyeJob& job, const EyeProgress& progress, const std::stop_token& stop) {
  EyeTraining task(job);
  TrainingLoop<EyeTraining> loop(task, progress);
  progress.on_message(fmt::format("device: {} ({})", task.device().name, task.device().reason));
  progress.on_message(
      fmt::format("eyes: {} to train on; {} faces held out", task.eyes(), task.held_out()));
  progress.on_start();
  EyeReport report;
  report.before = task.Before();
  auto result = loop.Run(stop);
  report.stopped = result.stopped;
  report.history = std::move(result.history);
  report.best = result.best;
  report.model = job.out / kRunModel;
  return report;
}

}  // namespace

void CheckEyeModels(const EyeJob& job) {
  ModelToCorrect(job.model);
  if (!job.options.init.empty()) EyesOf(job.options.init);
}

EyeReport RunEyeTraining(const EyeJob& job, const EyeProgress& progress, std::stop_token stop) {
  CheckEyeJob(job);
  const RunLock lock = LockRunFolder(job.out, job.resume);
  return WithTorch([&] { return Train(job, progress, stop); });
}

}  // namespace nosetip
