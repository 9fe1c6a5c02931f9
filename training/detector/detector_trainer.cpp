#include "training/detector/detector_trainer.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <torch/torch.h>

#include "tracker/core/error.h"
#include "tracker/model/checkpoint.h"
#include "tracker/model/device.h"
#include "tracker/output/options_json.h"
#include "tracker/output/text_output.h"
#include "training/detector/detector_loss.h"
#include "training/detector/scenes/scene_composer.h"
#include "training/landmarks/network_eval.h"
#include "training/landmarks/train_job.h"
#include "training/run/history.h"
#include "training/run/optimizer.h"
#include "training/run/run_state.h"
#include "training/run/torch_errors.h"

namespace nosetip {
namespace {

using Clock = std::chrono::steady_clock;

NetworkSpec DetectorSpec() { return {kFaceDetectorArchitecture, 3, {}, 5}; }

// [N, 3, H, W] float32, BGR 0 ... 255, channels innermost.
torch::Tensor PicturesOf(std::span<const Scene> scenes, const torch::Device& device) {
  const Image& first = scenes.front().image;
  const auto count = static_cast<int64_t>(scenes.size());
  torch::Tensor pictures = torch::empty({count, first.height_px, first.width_px, 3}, torch::kUInt8);
  uint8_t* next = pictures.data_ptr<uint8_t>();
  for (const Scene& scene : scenes) {
    next = std::copy(scene.image.rgb.begin(), scene.image.rgb.end(), next);
  }
  return pictures.to(device).flip(3).to(torch::kFloat32).permute({0, 3, 1, 2});
}

nlohmann::json IdentityOf(const DetectorJob& job) {
  const auto count = [](const std::vector<Photograph>& photographs) {
    return nlohmann::json(photographs.size());
  };
  const DetectorPhotographs& photographs = job.photographs;
  return {{"options", JsonFromOptions(job.options, {"device", "threads", "loaders", "init"})},
          {"scenes", JsonFromOptions(job.scenes)},
          {"data",
           {{"photographs", count(photographs.train)},
            {"backgrounds", count(photographs.train_backgrounds)},
            {"held-out photographs", count(photographs.validation)},
            {"held-out backgrounds", count(photographs.validation_backgrounds)}}}};
}

class DetectorRun {
 public:
  DetectorRun(const DetectorJob& job, const DetectorProgress& progress)
      : job_(job),
        progress_(progress),
        identity_(IdentityOf(job)),
        choice_(ChooseDevice(job.options.device)),
        device_(TorchDevice(choice_)),
        train_(job.photographs.train, job.photographs.train_backgrounds, job.scenes),
        validation_(job.photographs.validation, job.photographs.validation_backgrounds, job.scenes),
        cells_(CellsOf(job.scenes.size_px, job.scenes.size_px)) {
    PrepareTorchThread(job.options.threads);
    at::globalContext().setDeterministicCuDNN(true);
    Start();
  }

  DetectorReport Train(const std::stop_token& stop);

 private:
  void Start();
  bool TrainEpoch(DetectorEpoch& epoch, const std::stop_token& stop);
  double Step(std::span<const Scene> scenes, double learning_rate);
  torch::Tensor Answers(torch::nn::Sequential& network, std::span<const Scene> scenes) const;
  void Measure(DetectorEpoch& epoch);
  void FinishEpoch(DetectorEpoch epoch);
  uint64_t FirstSeed(int epoch) const;

  const DetectorJob& job_;
  const DetectorProgress& progress_;
  nlohmann::json identity_;
  DeviceChoice choice_;
  torch::Device device_;
  SceneComposer train_;
  SceneComposer validation_;
  std::vector<Cell> cells_;
  RunState state_;
  std::vector<DetectorEpoch> history_;
  int best_epoch_ = 0;
  double best_loss_ = 0.0;
};

void DetectorRun::Start() {
  torch::manual_seed(static_cast<uint64_t>(job_.options.seed));
  state_.network = BuildNetwork(DetectorSpec());
  state_.averaged = BuildNetwork(DetectorSpec());
  if (!job_.options.init.empty()) {
    const Model start = LoadModel(job_.options.init);
    if (start.meta.network.architecture != kFaceDetectorArchitecture) {
      throw Error(job_.options.init +
                  " is not a face detector; give one that this command trained");
    }
    CopyWeights(*start.network, *state_.network);
  }
  CopyWeights(*state_.network, *state_.averaged);
  for (auto* network : {&state_.network, &state_.averaged}) {
    (*network)->to(device_);
    PutChannelsLast(**network);
  }
  state_.optimizer =
      MakeOptimizer(*state_.network, job_.options.learning_rate, job_.options.weight_decay);
  if (!job_.resume) return;
  LoadRunState(job_.out / "last.ntc", identity_, device_, state_);
  history_ = HistoryFromJson<DetectorEpoch>(state_.history);
  for (const DetectorEpoch& epoch : history_) {
    if (best_epoch_ == 0 || epoch.validation_loss < best_loss_) {
      best_epoch_ = epoch.epoch;
      best_loss_ = epoch.validation_loss;
    }
  }
}

// No scene of an epoch, a seed or the validation (epoch 0) comes twice.
uint64_t DetectorRun::FirstSeed(int epoch) const {
  return (static_cast<uint64_t>(job_.options.seed) << 48U) + (static_cast<uint64_t>(epoch) << 24U);
}

torch::Tensor DetectorRun::Answers(torch::nn::Sequential& network,
                                   std::span<const Scene> scenes) const {
  const MixedPrecision mixed(job_.options.mixed_precision, device_);
  return network->forward(PicturesOf(scenes, device_)).to(torch::kFloat32);
}

double DetectorRun::Step(std::span<const Scene> scenes, double learning_rate) {
  SetLearningRate(*state_.optimizer, learning_rate);
  const DetectorLoss loss = LossOfScenes(Answers(state_.network, scenes), scenes, cells_);
  state_.optimizer->zero_grad();
  loss.total.backward();
  torch::nn::utils::clip_grad_norm_(state_.network->parameters(), 10.0);
  state_.optimizer->step();
  return loss.total.item<double>();
}

// False where the stop cut it short.
bool DetectorRun::TrainEpoch(DetectorEpoch& epoch, const std::stop_token& stop) {
  const DetectorTrainOptions& options = job_.options;
  const int steps = std::max(1, options.scenes / options.batch);
  const LearningSchedule schedule{options.learning_rate, options.warmup_epochs, options.epochs,
                                  steps};
  SceneLoader loader(train_,
                     {FirstSeed(epoch.epoch), static_cast<size_t>(steps),
                      static_cast<size_t>(options.batch), static_cast<size_t>(options.loaders)});
  state_.network->train();
  const auto start = Clock::now();
  double loss_sum = 0.0;
  for (int i = 0; i < steps; ++i) {
    if (stop.stop_requested()) return false;
    const int64_t step = static_cast<int64_t>(epoch.epoch - 1) * steps + i;
    epoch.learning_rate = LearningRate(schedule, step);
    loss_sum += Step(loader.Next(), epoch.learning_rate);
    if (!std::isfinite(loss_sum)) {
      throw Error("the loss is no longer a number in epoch " + std::to_string(epoch.epoch) +
                  "; try a lower --learning-rate");
    }
    AverageWeights(*state_.network, *state_.averaged, AverageDecay(options.average, step));
    progress_.on_step(epoch.epoch, i + 1, steps, loss_sum / (i + 1));
  }
  epoch.train_loss = loss_sum / steps;
  epoch.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  epoch.scenes_per_s = static_cast<double>(steps) * options.batch / epoch.seconds;
  return true;
}

void DetectorRun::Measure(DetectorEpoch& epoch) {
  const torch::NoGradGuard no_grad;
  state_.averaged->eval();
  const DetectorTrainOptions& options = job_.options;
  const int batches = std::max(1, options.validation_scenes / options.batch);
  SceneLoader loader(
      validation_, {FirstSeed(0), static_cast<size_t>(batches), static_cast<size_t>(options.batch),
                    static_cast<size_t>(options.loaders)});
  for (int i = 0; i < batches; ++i) {
    const std::vector<Scene> scenes = loader.Next();
    const DetectorLoss loss = LossOfScenes(Answers(state_.averaged, scenes), scenes, cells_);
    epoch.validation_loss += loss.total.item<double>() / batches;
    epoch.validation_cls += loss.cls.item<double>() / batches;
    epoch.validation_obj += loss.obj.item<double>() / batches;
    epoch.validation_box += loss.box.item<double>() / batches;
    epoch.validation_points += loss.points.item<double>() / batches;
  }
}

void DetectorRun::FinishEpoch(DetectorEpoch epoch) {
  Measure(epoch);
  if (best_epoch_ == 0 || epoch.validation_loss < best_loss_) {
    best_epoch_ = epoch.epoch;
    best_loss_ = epoch.validation_loss;
    Model model;
    model.meta.network = DetectorSpec();
    model.meta.schema = "face5";
    model.meta.about = {{"training", identity_},
                        {"init", job_.options.init},
                        {"epoch", epoch.epoch},
                        {"validation_loss", epoch.validation_loss}};
    model.network = state_.averaged;
    SaveModel(job_.out / "model.ntm", model, /*half=*/false);
  }
  history_.push_back(epoch);
  state_.history = JsonFromHistory<DetectorEpoch>(history_);
  SaveRunState(job_.out / "last.ntc", state_, identity_);
  WriteHistory<DetectorEpoch>(job_.out / "history.csv", history_);
  progress_.on_epoch(epoch);
}

DetectorReport DetectorRun::Train(const std::stop_token& stop) {
  progress_.on_message("device: " + choice_.name + " (" + choice_.reason + ")");
  DetectorReport report;
  const int done = history_.empty() ? 0 : history_.back().epoch;
  for (int number = done + 1; number <= job_.options.epochs; ++number) {
    DetectorEpoch epoch;
    epoch.epoch = number;
    if (!TrainEpoch(epoch, stop)) {
      report.stopped = true;
      break;
    }
    FinishEpoch(epoch);
  }
  report.history = history_;
  report.best_epoch = best_epoch_;
  report.model = job_.out / "model.ntm";
  return report;
}

}  // namespace

DetectorReport RunDetectorTraining(const DetectorJob& job, const DetectorProgress& progress,
                                   std::stop_token stop) {
  Validate(job.options);
  CheckRunFolder(job.out, job.resume);
  if (job.photographs.validation.empty()) {
    throw Error(
        "no photograph is left for validation; give more data or a higher "
        "--validation-percent");
  }
  std::error_code failure;
  std::filesystem::create_directories(job.out, failure);
  SaveText(job.out / "options.json", IdentityOf(job).dump(2) + "\n");
  return WithTorch([&] { return DetectorRun(job, progress).Train(stop); });
}

}  // namespace nosetip
