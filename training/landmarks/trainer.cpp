#include "training/landmarks/trainer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tracker/model/checkpoint.h"
#include "tracker/model/device.h"
#include "training/landmarks/losses.h"
#include "training/landmarks/run_faces.h"
#include "training/landmarks/start_from_model.h"
#include "training/run/process_group.h"
#include "training/run/torch_errors.h"
#include "training/run/training_loop.h"

namespace nosetip {
namespace {

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// A TrainingTask.
class LandmarkTraining {
 public:
  using Epoch = EpochStats;

  LandmarkTraining(const TrainJob& job, std::stop_token stop)
      : job_(job),
        user_stop_(std::move(stop)),
        schema_(SchemaByName(job.packs.front().schema)),
        view_(job.options.View()),
        choice_(ChooseDevice(job.options.device)),
        device_(DeviceOfProcess(TorchDevice(choice_), job.place)),
        faces_(FacesOfRun(job, device_)),
        trained_groups_(GroupsTrainedOn(job).Text()),
        group_(job.place, device_) {
    PrepareTorchThread(job.options.threads);
    at::globalContext().setDeterministicCuDNN(true);
    Start();
  }

  RunState& state() { return state_; }
  const RunFaces& faces() const { return faces_; }
  const DeviceChoice& device() const { return choice_; }
  const MeanFaceError& mean_face() const { return mean_face_; }
  const ProcessGroup& group() const { return group_; }
  // What all processes stop by, at the same step.
  std::stop_token stop() const { return group_.HasOthers() ? stop_.get_token() : user_stop_; }
  bool HoldsOut() const { return job_.options.Validation().HoldsOut(); }
  LoopSettings Settings() const;

  void BeginEpoch(int epoch, int64_t first_step);
  double Step(int64_t step, double learning_rate);
  void Measure(EpochStats& row);
  double ErrorOf(const EpochStats& row) const { return ValidationError(row); }
  void SaveModel(const std::filesystem::path& path, const EpochStats& row);
  nlohmann::json Identity() const { return RunIdentity(job_); }

 private:
  void Start();
  NetworkSpec Spec() const;
  int64_t StepsPerEpoch() const;
  void RenewStatisticsOfAverage(int epoch);
  torch::Tensor MeanFace() const;
  MeanFaceError ErrorOfMeanFace() const;
  double MeanNme(const NetworkAnswers& answers) const;
  Model ModelSoFar(const EpochStats& row) const;

  const TrainJob& job_;
  std::stop_token user_stop_;
  std::stop_source stop_;
  const LandmarkSchema& schema_;
  ViewSpec view_;
  DeviceChoice choice_;
  torch::Device device_;
  RunFaces faces_;
  std::string trained_groups_;
  ProcessGroup group_;
  MeanFaceError mean_face_;
  RunState state_;
  torch::nn::Sequential eyes_{nullptr};   // of the model that it starts from; null for none
  torch::nn::Sequential start_{nullptr};  // what the weights are pulled back to; null for none
  torch::Tensor order_;                   // of this epoch's faces
  int epoch_ = 0;
  int64_t first_step_ = 0;            // of this epoch in this process
  double batch_seconds_ = 0.0;        // of the timed steps: making their batches
  double step_seconds_ = 0.0;         // all of them
  double error_over_expected_ = 1.0;  // of the latest measurement
};

NetworkSpec LandmarkTraining::Spec() const {
  return {job_.options.architecture, 1, view_.input_px, schema_.count};
}

int64_t LandmarkTraining::StepsPerEpoch() const {
  return job_.options.steps > 0 ? job_.options.steps
                                : faces_.train_count / BatchSize(faces_, job_.options);
}

LoopSettings LandmarkTraining::Settings() const {
  const TrainOptions& options = job_.options;
  return {.out = job_.out,
          .resume = job_.resume,
          .may_raise_epochs = job_.may_raise_epochs,
          .epochs = options.epochs,
          .steps = StepsPerEpoch(),
          .batch = static_cast<int>(BatchSize(faces_, options)),
          .seed = options.seed,
          .learning_rate = options.learning_rate,
          .warmup_epochs = options.warmup_epochs,
          .cosine = options.schedule == "cosine",
          .average = options.average,
          .writes = job_.place.IsFirst()};
}

// Of the training faces: [K, 2] on the CPU.
torch::Tensor LandmarkTraining::MeanFace() const {
  return PlainTargetsOf(faces_.train, view_).mean(0);
}

MeanFaceError LandmarkTraining::ErrorOfMeanFace() const {
  const torch::Tensor truth = PlainTargetsOf(faces_.validation, view_);
  const torch::Tensor mean = MeanFace().expand_as(truth).contiguous();
  return {torch::mse_loss(mean, truth).item<double>(), MeanNme({mean, truth, {}})};
}

void LandmarkTraining::Start() {
  mean_face_ = ErrorOfMeanFace();
  const TrainOptions& options = job_.options;
  const NetworkSpec spec = Spec();
  SeedEpoch(options.seed, 0);
  state_ = NewRunState(spec);
  if (!options.init.empty()) {
    StartFromModel(options.init, spec, schema_, state_.network);
  } else if (options.mean_start) {
    SetOutputBias(state_.network, MeanFace());
  }
  eyes_ = EyesToKeep(job_, schema_);
  if (options.pull > 0.0) {
    start_ = BuildNetwork(spec);
    CopyWeights(*state_.network, *start_);
    start_->to(device_);
  }
  if (options.freeze_norm) FreezeNormalization(*state_.network);
  TakeWeightsOfFirst(group_, *state_.network);
  StartRun(state_, device_, {options.learning_rate, options.weight_decay, options.epsilon});
}

void LandmarkTraining::BeginEpoch(int epoch, int64_t first_step) {
  epoch_ = epoch;
  const int64_t batch = BatchSize(faces_, job_.options);
  order_ = RandomOrder({faces_.train_count, faces_.rehearsal_count}, StepsPerEpoch(), batch);
  if (job_.options.freeze_norm) FreezeNormalization(*state_.network);
  first_step_ = first_step;
  batch_seconds_ = 0.0;
  step_seconds_ = 0.0;
}

double LandmarkTraining::Step(int64_t step, double learning_rate) {
  const auto start = Clock::now();
  const int64_t size = BatchSize(faces_, job_.options);
  if (group_.HasOthers()) SeedStep(job_.options.seed, epoch_, step, job_.place.rank);
  const torch::Tensor chosen = PartOfBatch(order_, step * size, (step + 1) * size, job_.place);
  const Batch batch = BatchOfRun(faces_, chosen, job_, schema_);
  const bool timed = (step - first_step_) % 8 == 0;  // waiting for a GPU each step would slow it
  if (timed) {
    if (device_.is_cuda()) torch::cuda::synchronize();
    batch_seconds_ += SecondsSince(start);
  }
  SetLearningRate(*state_.optimizer, learning_rate);
  torch::Tensor predicted;
  {
    const MixedPrecision mixed(job_.options.mixed_precision, device_);
    predicted = state_.network->forward(batch.images);
  }
  const torch::Tensor loss = AnswerLoss(job_.options.loss, predicted.to(torch::kFloat32),
                                        batch.targets, job_.options.learn_errors);
  state_.optimizer->zero_grad();
  const double share = static_cast<double>(chosen.numel()) / static_cast<double>(size);
  const SharedLoss all =
      BackwardTogether(group_, *state_.network, {loss, share, user_stop_.stop_requested()});
  if (all.stop_wanted) stop_.request_stop();
  state_.optimizer->step();
  if (start_) PullBack(*state_.network, *start_, std::min(1.0, learning_rate * job_.options.pull));
  if (timed) step_seconds_ += SecondsSince(start);
  return all.value;
}

// The statistics of the batch normalization are means over the latest ten steps or so, and start
// with those of no face. At first the weights change faster than that, and the network would be
// measured with statistics that are not its own.
void LandmarkTraining::RenewStatisticsOfAverage(int epoch) {
  constexpr int64_t kSettledSteps = 200;
  constexpr int64_t kBatches = 16;
  if (epoch * StepsPerEpoch() > kSettledSteps || !LearnsStatistics(*state_.network)) return;
  const int64_t size = BatchSize(faces_, job_.options);
  RenewStatistics(*state_.averaged, std::min(kBatches, StepsPerEpoch()), [&](int64_t i) {
    const torch::Tensor chosen = order_.slice(0, i * size, (i + 1) * size);
    state_.averaged->forward(BatchOfRun(faces_, chosen, job_, schema_).images);
  });
}

double LandmarkTraining::MeanNme(const NetworkAnswers& answers) const {
  if (!schema_.outer_eye_corners) return std::nan("");
  const auto errors = NmePerFace(answers.predicted, answers.truth, schema_, view_.input_px);
  return std::accumulate(errors.begin(), errors.end(), 0.0) / static_cast<double>(errors.size());
}

void LandmarkTraining::Measure(EpochStats& row) {
  row.faces_per_s =
      static_cast<double>(StepsPerEpoch() * BatchSize(faces_, job_.options)) / row.seconds;
  row.augment_share = batch_seconds_ / step_seconds_;
  RenewStatisticsOfAverage(row.epoch);
  const NetworkAnswers answers = AnswerAll(state_.averaged, faces_.validation, schema_, view_);
  row.validation_nme = MeanNme(answers);
  row.validation_mse = torch::mse_loss(answers.predicted, answers.truth).item<double>();
  row.validation_loss =
      LandmarkLoss(job_.options.loss, answers.predicted, answers.truth).item<double>();
  CheckConverges(row, mean_face_);
  // On its own training faces a network errs less than it does elsewhere.
  const bool unseen = HoldsOut() && job_.options.learn_errors;
  error_over_expected_ = unseen ? ErrorOverExpected(answers) : 1.0;
}

Model LandmarkTraining::ModelSoFar(const EpochStats& row) const {
  Model model;
  model.meta.network = Spec();
  model.meta.schema = schema_.name;
  model.meta.view = CropViewByName(job_.options.view);
  model.meta.crop_margin = job_.options.margin;
  model.meta.about = {{"training", RunIdentity(job_)},
                      {"init", job_.options.init},
                      {"epoch", row.epoch},
                      {kTrainedGroups, trained_groups_}};
  model.network = state_.averaged;
  model.eyes = eyes_;
  // Of training faces: those held out are only to measure by.
  if (HasScoreMaps(job_.options.architecture)) {
    model.meta.ranges = RangesOf(state_.averaged, faces_.train, schema_, view_);
  }
  // An error on its own training faces would make a model look better than it is.
  if (!HoldsOut()) return model;
  model.meta.about["validation_faces"] = faces_.validation_count;
  model.meta.about["validation_mse"] = row.validation_mse;
  if (std::isfinite(row.validation_nme)) model.meta.about["validation_nme"] = row.validation_nme;
  return model;
}

void LandmarkTraining::SaveModel(const std::filesystem::path& path, const EpochStats& row) {
  // Undone below, since the averaging continues.
  ScaleExpectedErrors(state_.averaged, error_over_expected_);
  nosetip::SaveModel(path, ModelSoFar(row), job_.options.half);
  ScaleExpectedErrors(state_.averaged, 1.0 / error_over_expected_);
}

void Announce(const TrainJob& job, const LandmarkTraining& task, const TrainProgress& progress) {
  progress.on_message(fmt::format("device: {} ({})", task.device().name, task.device().reason));
  if (task.group().HasOthers()) {
    progress.on_message(
        fmt::format("processes: {}, connected by {}", job.place.size, task.group().Backend()));
  }
  for (const std::string& line : LinesAbout(task.faces(), job)) progress.on_message(line);
}

TrainReport Train(const TrainJob& job, const TrainProgress& progress, const std::stop_token& stop) {
  LandmarkTraining task(job, stop);
  TrainingLoop<LandmarkTraining> loop(task, progress);
  Announce(job, task, progress);
  progress.on_start();
  auto result = loop.Run(task.stop());
  return {result.stopped,
          std::move(result.history),
          result.best,
          static_cast<size_t>(task.faces().train_count),
          static_cast<size_t>(task.faces().validation_count),
          task.mean_face(),
          job.out / kRunModel,
          std::move(result.raised)};
}

}  // namespace

TrainReport RunTraining(const TrainJob& job, const TrainProgress& progress, std::stop_token stop) {
  CheckJob(job);
  std::optional<RunLock> lock;
  if (job.place.IsFirst()) lock.emplace(LockRunFolder(job.out, job.resume));
  return WithTorch([&] { return Train(job, progress, stop); });
}

}  // namespace nosetip
