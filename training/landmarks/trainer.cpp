#include "training/landmarks/trainer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <utility>

#include "tracker/core/error.h"
#include "tracker/model/checkpoint.h"
#include "tracker/model/device.h"
#include "tracker/output/text_output.h"
#include "training/landmarks/face_tensors.h"
#include "training/landmarks/initial_weights.h"
#include "training/landmarks/losses.h"
#include "training/landmarks/network_eval.h"
#include "training/landmarks/train_job.h"
#include "training/run/history.h"
#include "training/run/optimizer.h"
#include "training/run/run_folder.h"
#include "training/run/run_state.h"
#include "training/run/torch_errors.h"

namespace nosetip {
namespace {

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

class Run {
 public:
  Run(const TrainJob& job, const TrainProgress& progress)
      : job_(job),
        progress_(progress),
        schema_(SchemaByName(job.packs.front().schema)),
        view_(job.options.View()),
        choice_(ChooseDevice(job.options.device)),
        device_(TorchDevice(choice_)),
        faces_(FacesOfRun(job, device_)) {
    PrepareTorchThread(job.options.threads);
    at::globalContext().setDeterministicCuDNN(true);
    Start();
  }

  TrainReport Train(const std::stop_token& stop);

 private:
  void Start();
  NetworkSpec Spec() const;
  void Seed(int epoch) const;
  int64_t StepsAnEpoch() const;
  bool HoldsOut() const { return job_.options.Validation().HoldsOut(); }
  bool IsBest(const EpochStats& epoch) const;
  double MeanNme(const NetworkAnswers& answers) const;
  void SaveForLater(PartialEpoch partial);
  bool TrainEpoch(EpochStats& stats, const std::stop_token& stop);
  double Step(const torch::Tensor& chosen, double learning_rate, double* batch_seconds);
  void FinishEpoch(EpochStats stats);
  Model ModelSoFar(const EpochStats& stats) const;
  std::vector<ActivationRange> MeasureRanges() const;

  const TrainJob& job_;
  const TrainProgress& progress_;
  const LandmarkSchema& schema_;
  ViewSpec view_;
  DeviceChoice choice_;
  torch::Device device_;
  RunFaces faces_;
  RunState state_;
  torch::nn::Sequential start_{nullptr};  // that the weights are pulled back to; null for none
  std::vector<EpochStats> history_;
  EpochStats best_;  // epoch 0: none yet
};

NetworkSpec Run::Spec() const {
  return {job_.options.architecture, 1, view_.input_px, schema_.count};
}

int64_t Run::StepsAnEpoch() const {
  return job_.options.steps > 0 ? job_.options.steps
                                : faces_.train_count / BatchSize(faces_, job_.options);
}

bool Run::IsBest(const EpochStats& epoch) const {
  return best_.epoch == 0 || ValidationError(epoch) < ValidationError(best_);
}

void Run::Seed(int epoch) const {
  torch::manual_seed(static_cast<uint64_t>(job_.options.seed) * 1000003ULL +
                     static_cast<uint64_t>(epoch));
}

void Run::Start() {
  Seed(0);
  const NetworkSpec spec = Spec();
  state_.network = BuildNetwork(spec);
  state_.averaged = BuildNetwork(spec);
  if (!job_.options.init.empty()) {
    StartFromModel(job_.options.init, spec, schema_, state_.network);
  } else if (job_.options.mean_start) {
    std::vector<torch::Tensor> targets;
    for (const FaceTensors& faces : faces_.train) targets.push_back(PlainTargets(faces, view_));
    SetOutputBias(state_.network, torch::cat(targets).mean(0).cpu());
  }
  CopyWeights(*state_.network, *state_.averaged);
  if (job_.options.pull > 0.0) {
    start_ = BuildNetwork(spec);
    CopyWeights(*state_.network, *start_);
    start_->to(device_);
  }
  if (job_.options.freeze_norm) FreezeNormalization(*state_.network);
  for (auto* network : {&state_.network, &state_.averaged}) {
    (*network)->to(device_);
    PutChannelsLast(**network);
  }
  state_.optimizer = MakeOptimizer(*state_.network, job_.options.learning_rate,
                                   job_.options.weight_decay, job_.options.epsilon);
  if (job_.resume) {
    LoadRunState(job_.out / "last.ntc", RunIdentity(job_), device_, state_);
    history_ = HistoryFromJson<EpochStats>(state_.history);
    for (const EpochStats& epoch : history_) {
      if (IsBest(epoch)) best_ = epoch;
    }
  }
}

double Run::Step(const torch::Tensor& chosen, double learning_rate, double* batch_seconds) {
  const auto start = Clock::now();
  const Batch batch = BatchOfRun(faces_, chosen, job_, schema_);
  if (batch_seconds != nullptr) {
    if (device_.is_cuda()) torch::cuda::synchronize();
    *batch_seconds = SecondsSince(start);
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
  return loss.item<double>();
}

void Run::SaveForLater(PartialEpoch partial) {
  state_.partial = WithRandomState(std::move(partial), device_);
  SaveRunState(job_.out / "last.ntc", state_, RunIdentity(job_));
}

// False where the stop cut it short.
bool Run::TrainEpoch(EpochStats& stats, const std::stop_token& stop) {
  Seed(stats.epoch);
  const int64_t batch = BatchSize(faces_, job_.options);
  const int64_t steps = StepsAnEpoch();
  const torch::Tensor order =
      RandomOrder({faces_.train_count, faces_.rehearsal_count}, steps, batch);
  const LearningSchedule schedule{job_.options.learning_rate, job_.options.warmup_epochs,
                                  job_.options.epochs, steps, job_.options.schedule == "cosine"};
  const PartialEpoch before = TakePartial(state_, stats.epoch, device_);
  state_.network->train();
  if (job_.options.freeze_norm) FreezeNormalization(*state_.network);
  const auto start = Clock::now();
  double loss_sum = before.loss_sum;
  double batch_seconds = 0.0;
  double step_seconds = 0.0;
  for (int64_t i = before.steps; i < steps; ++i) {
    if (stop.stop_requested()) {
      SaveForLater({stats.epoch, i, loss_sum, before.seconds + SecondsSince(start), {}, {}});
      return false;
    }
    const int64_t step = (stats.epoch - 1) * steps + i;
    stats.learning_rate = LearningRate(schedule, step);
    const auto step_start = Clock::now();
    double seconds = 0.0;
    const bool timed = (i - before.steps) % 8 == 0;  // waiting for a GPU each step would slow it
    loss_sum += Step(order.slice(0, i * batch, (i + 1) * batch), stats.learning_rate,
                     timed ? &seconds : nullptr);
    if (timed) {
      batch_seconds += seconds;
      step_seconds += SecondsSince(step_start);
    }
    if (!std::isfinite(loss_sum)) {
      throw Error("the loss is no longer a number in epoch " + std::to_string(stats.epoch) +
                  "; try a lower --learning-rate");
    }
    AverageWeights(*state_.network, *state_.averaged, AverageDecay(job_.options.average, step));
    progress_.on_step({stats.epoch, static_cast<int>(i + 1), static_cast<int>(steps),
                       loss_sum / static_cast<double>(i + 1), static_cast<int>(batch)});
  }
  stats.train_loss = loss_sum / static_cast<double>(steps);
  stats.seconds = before.seconds + SecondsSince(start);
  stats.faces_per_s = static_cast<double>(steps * batch) / stats.seconds;
  stats.augment_share = batch_seconds / step_seconds;
  return true;
}

// Over some of the faces that are trained on, as they are: those held out are only to measure by.
std::vector<ActivationRange> Run::MeasureRanges() const {
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

Model Run::ModelSoFar(const EpochStats& stats) const {
  Model model;
  model.meta.network = Spec();
  model.meta.schema = schema_.name;
  model.meta.view = CropViewByName(job_.options.view);
  model.meta.crop_margin = job_.options.margin;
  model.meta.about = {
      {"training", RunIdentity(job_)}, {"init", job_.options.init}, {"epoch", stats.epoch}};
  model.network = state_.averaged;
  model.meta.ranges = MeasureRanges();
  // An error on the faces that it was trained on is none that a model should be known by.
  if (!HoldsOut()) return model;
  model.meta.about["validation_faces"] = faces_.validation_count;
  model.meta.about["validation_mse"] = stats.validation_mse;
  if (std::isfinite(stats.validation_nme)) {
    model.meta.about["validation_nme"] = stats.validation_nme;
  }
  return model;
}

double Run::MeanNme(const NetworkAnswers& answers) const {
  if (!schema_.outer_eye_corners) return std::nan("");
  const auto errors = NmePerFace(answers.predicted, answers.truth, schema_, view_.input_px);
  return std::accumulate(errors.begin(), errors.end(), 0.0) / static_cast<double>(errors.size());
}

void Run::FinishEpoch(EpochStats stats) {
  const NetworkAnswers answers = AnswerAll(state_.averaged, faces_.validation, schema_, view_);
  stats.validation_nme = MeanNme(answers);
  stats.validation_mse = torch::mse_loss(answers.predicted, answers.truth).item<double>();
  stats.validation_loss =
      LandmarkLoss(job_.options.loss, answers.predicted, answers.truth).item<double>();
  if (IsBest(stats)) {
    best_ = stats;
    // Faces trained on are known better than others. Undone, since the average goes on.
    const bool shown = HoldsOut() && job_.options.learn_errors;
    const double factor = shown ? ErrorOverExpected(answers) : 1.0;
    ScaleExpectedErrors(state_.averaged, factor);
    SaveModel(job_.out / "model.ntm", ModelSoFar(stats), job_.options.half);
    ScaleExpectedErrors(state_.averaged, 1.0 / factor);
  }
  history_.push_back(stats);
  state_.history = JsonFromHistory<EpochStats>(history_);
  SaveRunState(job_.out / "last.ntc", state_, RunIdentity(job_));
  WriteHistory<EpochStats>(job_.out / "history.csv", history_);
  progress_.on_epoch(stats);
}

TrainReport Run::Train(const std::stop_token& stop) {
  progress_.on_message("device: " + choice_.name + " (" + choice_.reason + ")");
  progress_.on_message("faces: " + std::to_string(faces_.train_count) + " to train on, " +
                       (HoldsOut()
                            ? std::to_string(faces_.validation_count) + " held out for validation"
                            : "none held out: errors are those on the faces trained on"));
  if (const int64_t batch = BatchSize(faces_, job_.options); batch < job_.options.batch) {
    progress_.on_message("they are all in one batch of " + std::to_string(batch) +
                         ", as there are fewer than " + std::to_string(job_.options.batch));
  }
  if (faces_.rehearsal_count > 0) {
    progress_.on_message(std::to_string(faces_.rehearsal_count) + " others to rehearse");
  }
  if (!history_.empty()) progress_.on_history(history_);
  TrainReport report;
  const int done = history_.empty() ? 0 : history_.back().epoch;
  for (int epoch = done + 1; epoch <= job_.options.epochs; ++epoch) {
    EpochStats stats;
    stats.epoch = epoch;
    if (!TrainEpoch(stats, stop)) {
      report.stopped = true;
      break;
    }
    FinishEpoch(stats);
  }
  report.history = history_;
  report.best = best_;
  report.train_faces = static_cast<size_t>(faces_.train_count);
  report.validation_faces = static_cast<size_t>(faces_.validation_count);
  report.model = job_.out / "model.ntm";
  return report;
}

}  // namespace

TrainReport RunTraining(const TrainJob& job, const TrainProgress& progress, std::stop_token stop) {
  CheckJob(job);
  std::error_code failure;
  std::filesystem::create_directories(job.out, failure);
  const RunLock lock(job.out);
  SaveText(job.out / "options.json", RunIdentity(job).dump(2) + "\n");
  return WithTorch([&] { return Run(job, progress).Train(stop); });
}

}  // namespace nosetip
