#include "training/detector/detector_trainer.h"

#include <algorithm>
#include <functional>
#include <optional>

#include <fmt/core.h>
#include <nlohmann/json.hpp>
#include <torch/torch.h>

#include "tracker/core/error.h"
#include "tracker/model/checkpoint.h"
#include "tracker/model/device.h"
#include "tracker/output/options_json.h"
#include "training/detector/detector_loss.h"
#include "training/detector/scenes/detector_teacher.h"
#include "training/run/torch_errors.h"
#include "training/run/training_loop.h"

namespace nosetip {
namespace {

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
  return {{"options",
           JsonFromOptions(job.options, {"device", "threads", "loaders", "init", "teacher"})},
          {"scenes", JsonFromOptions(job.scenes)},
          {"data",
           {{"teacher", std::filesystem::path(job.options.teacher).filename().string()},
            {"photographs", count(photographs.train)},
            {"backgrounds", count(photographs.train_backgrounds)},
            {"held-out photographs", count(photographs.validation)},
            {"held-out backgrounds", count(photographs.validation_backgrounds)}}}};
}

// Threads that share the layers of so small a network wait for each other, the more so where others
// want the cores: on two cores one thread and its loaders are 1.4 times as fast as two.
int NetworkThreads(const DetectorTrainOptions& options) {
  return options.threads > 0 ? options.threads : std::max(1, CoreCount() / 2);
}

// A TrainingTask.
class DetectorTraining {
 public:
  using Epoch = DetectorEpoch;

  explicit DetectorTraining(const DetectorJob& job)
      : job_(job),
        identity_(IdentityOf(job)),
        choice_(ChooseDevice(job.options.device)),
        device_(TorchDevice(choice_)),
        train_(job.photographs.train, job.photographs.train_backgrounds, job.scenes),
        validation_(job.photographs.validation, job.photographs.validation_backgrounds, job.scenes),
        cells_(CellsOf(job.scenes.size_px, job.scenes.size_px)) {
    if (!job.options.teacher.empty()) teacher_.emplace(job.options.teacher);
    PrepareTorchThread(NetworkThreads(job.options));
    at::globalContext().setDeterministicCuDNN(true);
    Start();
  }

  RunState& state() { return state_; }
  const DeviceChoice& device() const { return choice_; }
  LoopSettings Settings() const;

  void BeginEpoch(int epoch, int64_t first_step);
  double Step(int64_t step, double learning_rate);
  void Measure(DetectorEpoch& row);
  double ErrorOf(const DetectorEpoch& row) const { return row.validation_loss; }
  void SaveModel(const std::filesystem::path& path, const DetectorEpoch& row);
  const nlohmann::json& Identity() const { return identity_; }

 private:
  void Start();
  int64_t StepsPerEpoch() const { return std::max(1, job_.options.scenes / job_.options.batch); }
  // Some batches of an epoch, or of the validation (epoch 0).
  SceneOrder OrderOf(int epoch, int64_t first_batch, int64_t end_batch) const;
  torch::Tensor Answers(torch::nn::Sequential& network, std::span<const Scene> scenes) const;

  const DetectorJob& job_;
  nlohmann::json identity_;
  DeviceChoice choice_;
  torch::Device device_;
  SceneComposer train_;
  SceneComposer validation_;
  std::vector<Cell> cells_;
  RunState state_;
  std::optional<DetectorTeacher> teacher_;
  std::optional<SceneLoader> loader_;  // of this epoch
};

LoopSettings DetectorTraining::Settings() const {
  const DetectorTrainOptions& options = job_.options;
  return {.out = job_.out,
          .resume = job_.resume,
          .may_raise_epochs = job_.may_raise_epochs,
          .epochs = options.epochs,
          .steps = StepsPerEpoch(),
          .batch = options.batch,
          .seed = options.seed,
          .learning_rate = options.learning_rate,
          .warmup_epochs = options.warmup_epochs,
          .average = options.average};
}

void DetectorTraining::Start() {
  SeedEpoch(job_.options.seed, 0);
  state_ = NewRunState(DetectorSpec());
  if (!job_.options.init.empty()) {
    const Model start = LoadModel(job_.options.init);
    if (start.meta.network.architecture != kFaceDetectorArchitecture) {
      throw Error(fmt::format("{} is not a face detector; give one that this command trained",
                              job_.options.init));
    }
    CopyWeights(*start.network, *state_.network);
  }
  StartRun(state_, device_, {job_.options.learning_rate, job_.options.weight_decay});
}

// Every scene of every epoch and seed is another one, and so are those of the validation.
SceneOrder DetectorTraining::OrderOf(int epoch, int64_t first_batch, int64_t end_batch) const {
  const auto batch = static_cast<uint64_t>(job_.options.batch);
  const uint64_t first_seed = (static_cast<uint64_t>(job_.options.seed) << 48U) +
                              (static_cast<uint64_t>(epoch) << 24U) +
                              static_cast<uint64_t>(first_batch) * batch;
  return {first_seed, static_cast<size_t>(end_batch - first_batch), batch,
          static_cast<size_t>(job_.options.loaders)};
}

void DetectorTraining::BeginEpoch(int epoch, int64_t first_step) {
  loader_.reset();  // ends the threads of the epoch before
  std::function<void(Scene&)> teach;
  if (teacher_) teach = [this](Scene& scene) { teacher_->Teach(scene); };
  loader_.emplace(train_, OrderOf(epoch, first_step, StepsPerEpoch()), std::move(teach));
}

torch::Tensor DetectorTraining::Answers(torch::nn::Sequential& network,
                                        std::span<const Scene> scenes) const {
  const MixedPrecision mixed(job_.options.mixed_precision, device_);
  return network->forward(PicturesOf(scenes, device_)).to(torch::kFloat32);
}

double DetectorTraining::Step(int64_t /*step*/, double learning_rate) {
  const std::vector<Scene> scenes = loader_->Next();
  SetLearningRate(*state_.optimizer, learning_rate);
  const DetectorLoss loss = LossOfScenes(Answers(state_.network, scenes), scenes, cells_);
  state_.optimizer->zero_grad();
  loss.total.backward();
  torch::nn::utils::clip_grad_norm_(state_.network->parameters(), 10.0);
  state_.optimizer->step();
  return loss.total.item<double>();
}

void DetectorTraining::Measure(DetectorEpoch& row) {
  const torch::NoGradGuard no_grad;
  state_.averaged->eval();
  const DetectorTrainOptions& options = job_.options;
  row.scenes_per_s = static_cast<double>(StepsPerEpoch() * options.batch) / row.seconds;
  const int batches = std::max(1, options.validation_scenes / options.batch);
  SceneLoader loader(validation_, OrderOf(0, 0, batches));
  for (int i = 0; i < batches; ++i) {
    const std::vector<Scene> scenes = loader.Next();
    const DetectorLoss loss = LossOfScenes(Answers(state_.averaged, scenes), scenes, cells_);
    row.validation_loss += loss.total.item<double>() / batches;
    row.validation_cls += loss.cls.item<double>() / batches;
    row.validation_obj += loss.obj.item<double>() / batches;
    row.validation_box += loss.box.item<double>() / batches;
    row.validation_points += loss.points.item<double>() / batches;
  }
}

void DetectorTraining::SaveModel(const std::filesystem::path& path, const DetectorEpoch& row) {
  Model model;
  model.meta.network = DetectorSpec();
  model.meta.schema = "face5";
  model.meta.about = {{"training", identity_},
                      {"init", job_.options.init},
                      {"epoch", row.epoch},
                      {"validation_loss", row.validation_loss}};
  model.network = state_.averaged;
  nosetip::SaveModel(path, model, /*half=*/false);
}

DetectorReport Train(const DetectorJob& job, const DetectorProgress& progress,
                     const std::stop_token& stop) {
  DetectorTraining task(job);
  TrainingLoop<DetectorTraining> loop(task, progress);
  progress.on_message(fmt::format("device: {} ({})", task.device().name, task.device().reason));
  progress.on_start();
  auto result = loop.Run(stop);
  return {result.stopped, std::move(result.history), result.best, job.out / kRunModel};
}

}  // namespace

DetectorReport RunDetectorTraining(const DetectorJob& job, const DetectorProgress& progress,
                                   std::stop_token stop) {
  Validate(job.options);
  if (job.photographs.validation.empty()) {
    throw Error(
        "no photograph is held out for validation; give more data or a higher "
        "--validation-percent");
  }
  const RunLock lock = LockRunFolder(job.out, job.resume);
  return WithTorch([&] { return Train(job, progress, stop); });
}

}  // namespace nosetip
