#include "training/landmarks/trainer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "tracker/core/error.h"
#include "tracker/model/checkpoint.h"
#include "tracker/model/device.h"
#include "tracker/output/text_output.h"
#include "training/landmarks/losses.h"
#include "training/landmarks/run_faces.h"
#include "training/run/torch_errors.h"
#include "training/run/training_loop.h"

namespace nosetip {
namespace {

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Copies the weights of a model file into a network made from `spec`. Throws Error where the file
// is of another architecture (a resnet18_maps also takes the convolutions of a resnet18), of other
// points, or of an input size that its weights depend on.
void StartFromModel(const std::string& path, const NetworkSpec& spec, const LandmarkSchema& schema,
                    torch::nn::Sequential& network) {
  const Model model = LoadModel(path);
  const NetworkSpec& given = model.meta.network;
  const bool convolutions_only =
      spec.architecture == kScoreMapArchitecture && given.architecture == "resnet18";
  if ((given.architecture != spec.architecture && !convolutions_only) ||
      model.meta.schema != schema.name) {
    throw Error(path + " is a " + given.architecture + " for " + model.meta.schema +
                "; this training needs a " + spec.architecture + " for " +
                std::string(schema.name));
  }
  if (convolutions_only) return StartFromResNet18(model.network, network);
  if (!given.architecture.starts_with("resnet18") && given.input_px != spec.input_px) {
    throw Error(path + " has an input of " + std::to_string(given.input_px.width) + "x" +
                std::to_string(given.input_px.height) +
                " px, which its fully connected layers depend on; train with the same input size");
  }
  CopyWeights(*model.network, *network);
}

// A TrainingTask.
class LandmarkTraining {
 public:
  using Epoch = EpochStats;

  explicit LandmarkTraining(const TrainJob& job)
      : job_(job),
        schema_(SchemaByName(job.packs.front().schema)),
        view_(job.options.View()),
        choice_(ChooseDevice(job.options.device)),
        device_(TorchDevice(choice_)),
        faces_(FacesOfRun(job, device_)) {
    PrepareTorchThread(job.options.threads);
    at::globalContext().setDeterministicCuDNN(true);
    Start();
  }

  RunState& state() { return state_; }
  const RunFaces& faces() const { return faces_; }
  const DeviceChoice& device() const { return choice_; }
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
  double MeanNme(const NetworkAnswers& answers) const;
  Model ModelSoFar(const EpochStats& row) const;
  std::vector<ActivationRange> MeasureRanges() const;

  const TrainJob& job_;
  const LandmarkSchema& schema_;
  ViewSpec view_;
  DeviceChoice choice_;
  torch::Device device_;
  RunFaces faces_;
  RunState state_;
  torch::nn::Sequential start_{nullptr};  // that the weights are pulled back to; null for none
  torch::Tensor order_;                   // of this epoch's faces
  int64_t first_step_ = 0;                // of this epoch that is not done yet
  double batch_seconds_ = 0.0;            // of the steps that were timed
  double step_seconds_ = 0.0;
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
          .epochs = options.epochs,
          .steps = StepsPerEpoch(),
          .batch = static_cast<int>(BatchSize(faces_, options)),
          .seed = options.seed,
          .learning_rate = options.learning_rate,
          .warmup_epochs = options.warmup_epochs,
          .cosine = options.schedule == "cosine",
          .average = options.average};
}

void LandmarkTraining::Start() {
  const TrainOptions& options = job_.options;
  const NetworkSpec spec = Spec();
  SeedEpoch(options.seed, 0);
  state_ = NewRunState(spec);
  if (!options.init.empty()) {
    StartFromModel(options.init, spec, schema_, state_.network);
  } else if (options.mean_start) {
    std::vector<torch::Tensor> targets;
    for (const FaceTensors& faces : faces_.train) targets.push_back(PlainTargets(faces, view_));
    SetOutputBias(state_.network, torch::cat(targets).mean(0).cpu());
  }
  if (options.pull > 0.0) {
    start_ = BuildNetwork(spec);
    CopyWeights(*state_.network, *start_);
    start_->to(device_);
  }
  if (options.freeze_norm) FreezeNormalization(*state_.network);
  StartRun(state_, device_, {options.learning_rate, options.weight_decay, options.epsilon});
}

void LandmarkTraining::BeginEpoch(int /*epoch*/, int64_t first_step) {
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
  const Batch batch =
      BatchOfRun(faces_, order_.slice(0, step * size, (step + 1) * size), job_, schema_);
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
  loss.backward();
  state_.optimizer->step();
  if (start_) PullBack(*state_.network, *start_, std::min(1.0, learning_rate * job_.options.pull));
  const double value = loss.item<double>();
  if (timed) step_seconds_ += SecondsSince(start);
  return value;
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
  const NetworkAnswers answers = AnswerAll(state_.averaged, faces_.validation, schema_, view_);
  row.validation_nme = MeanNme(answers);
  row.validation_mse = torch::mse_loss(answers.predicted, answers.truth).item<double>();
  row.validation_loss =
      LandmarkLoss(job_.options.loss, answers.predicted, answers.truth).item<double>();
  // Faces trained on are known better than others.
  const bool unseen = HoldsOut() && job_.options.learn_errors;
  error_over_expected_ = unseen ? ErrorOverExpected(answers) : 1.0;
}

// Over some of the faces that are trained on, as they are: those held out are only to measure by.
std::vector<ActivationRange> LandmarkTraining::MeasureRanges() const {
  constexpr int64_t kFaces = 96;
  constexpr int64_t kBatch = 16;
  if (!HasScoreMaps(job_.options.architecture)) return {};
  std::vector<ActivationRange> ranges;
  torch::nn::Sequential network = state_.averaged;
  for (const FaceTensors& set : faces_.train) {
    const int64_t count = std::min(kFaces, set.Count());
    const torch::Tensor chosen = torch::arange(count, torch::kInt64) * set.Count() / count;
    for (const torch::Tensor& some : chosen.to(torch::kInt64).to(device_).split(kBatch)) {
      Widen(ranges,
            MeasureActivationRanges(
                network, MakeBatch(set, some, schema_, view_, AugmentOptions::None()).images));
    }
  }
  return ranges;
}

Model LandmarkTraining::ModelSoFar(const EpochStats& row) const {
  Model model;
  model.meta.network = Spec();
  model.meta.schema = schema_.name;
  model.meta.view = CropViewByName(job_.options.view);
  model.meta.crop_margin = job_.options.margin;
  model.meta.about = {
      {"training", RunIdentity(job_)}, {"init", job_.options.init}, {"epoch", row.epoch}};
  model.network = state_.averaged;
  model.meta.ranges = MeasureRanges();
  // An error on the faces that it was trained on is none that a model should be known by.
  if (!HoldsOut()) return model;
  model.meta.about["validation_faces"] = faces_.validation_count;
  model.meta.about["validation_mse"] = row.validation_mse;
  if (std::isfinite(row.validation_nme)) model.meta.about["validation_nme"] = row.validation_nme;
  return model;
}

void LandmarkTraining::SaveModel(const std::filesystem::path& path, const EpochStats& row) {
  // Undone, since the average goes on.
  ScaleExpectedErrors(state_.averaged, error_over_expected_);
  nosetip::SaveModel(path, ModelSoFar(row), job_.options.half);
  ScaleExpectedErrors(state_.averaged, 1.0 / error_over_expected_);
}

void Announce(const TrainJob& job, const LandmarkTraining& task, const TrainProgress& progress) {
  const RunFaces& faces = task.faces();
  progress.on_message("device: " + task.device().name + " (" + task.device().reason + ")");
  progress.on_message("faces: " + std::to_string(faces.train_count) + " to train on, " +
                      (task.HoldsOut()
                           ? std::to_string(faces.validation_count) + " held out for validation"
                           : "none held out: errors are those on the faces trained on"));
  if (const int64_t batch = BatchSize(faces, job.options); batch < job.options.batch) {
    progress.on_message("they are all in one batch of " + std::to_string(batch) +
                        ", as there are fewer than " + std::to_string(job.options.batch));
  }
  if (faces.rehearsal_count > 0) {
    progress.on_message(std::to_string(faces.rehearsal_count) + " others to rehearse");
  }
}

TrainReport Train(const TrainJob& job, const TrainProgress& progress, const std::stop_token& stop) {
  LandmarkTraining task(job);
  const LoopSettings settings = task.Settings();
  TrainingLoop<LandmarkTraining> loop(task, task.state(), settings, progress);
  Announce(job, task, progress);
  auto result = loop.Run(stop);
  return {result.stopped,
          std::move(result.history),
          result.best,
          static_cast<size_t>(task.faces().train_count),
          static_cast<size_t>(task.faces().validation_count),
          job.out / kRunModel};
}

}  // namespace

TrainReport RunTraining(const TrainJob& job, const TrainProgress& progress, std::stop_token stop) {
  CheckJob(job);
  std::error_code failure;
  std::filesystem::create_directories(job.out, failure);
  const RunLock lock(job.out);
  SaveText(job.out / kRunOptions, RunIdentity(job).dump(2) + "\n");
  return WithTorch([&] { return Train(job, progress, stop); });
}

}  // namespace nosetip
