#include "training/background/training_worker.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/model/landmarker.h"
#include "training/background/compare_models.h"
#include "training/data/held_out.h"
#include "training/landmarks/recipes.h"
#include "training/landmarks/settled_options.h"
#include "training/report/training_views.h"
#include "training/run/run_folder.h"

namespace nosetip {
namespace {

using Clock = std::chrono::steady_clock;

// Of all data sets together.
constexpr size_t kShownFaces = 24;
constexpr size_t kValidationFaces = 8;

// True the first time, and at most once per interval.
class RateLimiter {
 public:
  explicit RateLimiter(std::chrono::milliseconds interval) : interval_(interval) {}
  bool Now() {
    const auto now = Clock::now();
    if (last_ && now - *last_ < interval_) return false;
    last_ = now;
    return true;
  }

 private:
  std::chrono::milliseconds interval_;
  std::optional<Clock::time_point> last_;
};

const LandmarkTask& TaskByName(const std::string& name) {
  const auto* found = std::ranges::find(kLandmarkTasks, name, &LandmarkTask::name);
  if (found == kLandmarkTasks.end()) {
    throw Error(fmt::format("unknown training '{}'; choose nose, face58 or face68", name));
  }
  return *found;
}

// For a pack that outlives everything that uses it.
std::shared_ptr<const FacePack> Borrowed(const FacePack& pack) {
  return {&pack, [](const FacePack*) {}};
}

// Reports when there are better weights, but at most every few seconds, and after the last epoch.
class BestAnswers {
 public:
  BestAnswers(int epochs, std::function<void(int)> tell)
      : epochs_(epochs), tell_(std::move(tell)) {}

  void OnEpoch(const EpochStats& epoch) {
    if (best_epoch_ == 0 || ValidationError(epoch) < best_error_) {
      best_epoch_ = epoch.epoch;
      best_error_ = ValidationError(epoch);
    }
    const bool is_last = epoch.epoch == epochs_;
    if (best_epoch_ == shown_epoch_ || !(is_last || rate_limit_.Now())) return;
    shown_epoch_ = best_epoch_;
    tell_(best_epoch_);
  }

 private:
  int epochs_;
  std::function<void(int)> tell_;
  RateLimiter rate_limit_{std::chrono::seconds(5)};
  int shown_epoch_ = 0;
  int best_epoch_ = 0;
  double best_error_ = 0.0;
};

std::filesystem::path ModelOf(const TrainingOrder& order) { return order.out / kRunModel; }

}  // namespace

TrainingWorker::TrainingWorker(std::function<void(const TrainingEvent&)> on_event,
                               std::function<void(const TrainJob&, const TrainReport&)> on_trained)
    : on_event_(std::move(on_event)), on_trained_(std::move(on_trained)) {}

void TrainingWorker::CarryOut(const TrainingRequest& request, const std::stop_token& stop) {
  try {
    Check(request.kind != TrainingRequestKind::kStop, "a request of work");
    TrainingOrder order = request.order;
    Validate(order.options);
    Validate(order.augment);
    order.options = WithShapeOfInit(order.options);
    Read(order, stop);
    order.options = WithHoldOutFor(order.options, job_.packs);
    TellData(order);
    bool stopped = false;
    if (request.kind == TrainingRequestKind::kTrain) stopped = Train(order, stop);
    if (request.kind != TrainingRequestKind::kInspect && !stopped) Measure(order, stop);
    on_event_(RequestDone{stopped});
  } catch (const StopRequested&) {
    on_event_(RequestDone{true});
  } catch (const std::bad_alloc&) {
    on_event_(RequestFailed{
        "not enough memory for this training; choose a smaller --batch or less data"});
  } catch (const Error& error) {
    on_event_(RequestFailed{error.what()});
  } catch (const std::exception& error) {
    on_event_(RequestFailed{fmt::format("internal error: {}", FirstLine(error))});
  }
}

void TrainingWorker::Read(const TrainingOrder& order, const std::stop_token& stop) {
  if (order.data.empty()) throw Error("no data set is named; choose one to train on");
  const WantedFaces wanted{std::string(TaskByName(order.task).schema),
                           CropViewByName(order.options.view), order.options.margin};
  std::vector<std::string> read = order.data;
  read.insert(read.end(),
              {wanted.schema, order.options.view, fmt::format("{}", order.options.margin)});
  if (read == read_) return;
  read_.clear();
  job_.packs.clear();
  reports_.clear();
  samples_.clear();
  RateLimiter rate_limit(std::chrono::milliseconds(100));
  for (const std::string& path : order.data) {
    TrainingData data = ReadTrainingData(
        path, wanted,
        [&](const WorkProgress& progress) {
          if (progress.done == 0 || progress.done == progress.total || rate_limit.Now()) {
            on_event_(progress);
          }
        },
        stop);
    job_.packs.push_back(std::move(data.pack));
    reports_.push_back(std::move(data.report));
    samples_.push_back(std::move(data.samples));
  }
  read_ = std::move(read);
}

void TrainingWorker::TellData(const TrainingOrder& order) const {
  const HoldOut hold_out = order.options.Validation();
  for (size_t i = 0; i < job_.packs.size(); ++i) {
    DataReport report = reports_[i];
    const FacePack& pack = job_.packs[i];
    report.validation_faces =
        hold_out.HoldsOut() ? FacesOfPack(Borrowed(pack), hold_out).size() : 0;
    report.train_faces = static_cast<size_t>(std::ranges::count_if(
        pack.groups, [&](const std::string& group) { return !IsHeldOut(group, hold_out); }));
    on_event_(report);
  }
  on_event_(Samples(order, ShownFaceKind::kSample));
  on_event_(Samples(order, ShownFaceKind::kAugmented));
}

ShownFaces TrainingWorker::Samples(const TrainingOrder& order, ShownFaceKind kind) const {
  ShownFaces shown{kind, 0, {}};
  for (size_t p = 0; p < job_.packs.size(); ++p) {
    std::vector<size_t> numbers;
    std::vector<std::string> reasons;
    // Several data sets share the number of shown faces.
    for (const SampleFace& sample : samples_[p]) {
      if (numbers.size() >= std::max<size_t>(1, kShownFaces / job_.packs.size())) break;
      numbers.push_back(sample.face);
      reasons.push_back(sample.reason);
    }
    if (numbers.empty()) continue;
    const bool plain = kind == ShownFaceKind::kSample;
    const SampleRequest request{order.options.View(),
                                plain ? AugmentOptions::None() : order.augment, order.options.seed};
    std::vector<SampleView> views = SampleViews(job_.packs[p], numbers, request);
    for (size_t i = 0; i < views.size(); ++i) {
      shown.faces.push_back(
          {std::move(views[i].picture), std::move(views[i].points_px), {}, reasons[i]});
    }
  }
  return shown;
}

// True where the stop cut it short.
bool TrainingWorker::Train(const TrainingOrder& order, const std::stop_token& stop) {
  job_.options = order.options;
  job_.augment = order.augment;
  job_.out = order.out;
  job_.resume = order.resume;
  BestAnswers answers(order.options.epochs, [&](int epoch) { TellValidation(order, epoch); });
  RateLimiter rate_limit(std::chrono::milliseconds(100));
  TrainProgress progress;
  progress.on_message = [&](const std::string& text) { on_event_(TrainingRemark{text}); };
  progress.on_step = [&](const StepStats& step) {
    if (step.step == step.steps || rate_limit.Now()) on_event_(step);
  };
  progress.on_epoch = [&](const EpochStats& epoch) {
    on_event_(epoch);
    answers.OnEpoch(epoch);
  };
  progress.on_history = [&](const std::vector<EpochStats>& history) {
    for (const EpochStats& epoch : history) progress.on_epoch(epoch);
  };
  const TrainReport report = RunTraining(job_, progress, stop);
  on_event_(TrainingResult{report.stopped, static_cast<int>(report.history.size()), report.best,
                           report.history.empty() ? "" : report.model.string()});
  if (!report.stopped) on_trained_(job_, report);
  return report.stopped;
}

std::vector<FaceToMeasure> TrainingWorker::HeldOut(const TrainingOrder& order) const {
  std::vector<FaceToMeasure> faces;
  for (const FacePack& pack : job_.packs) {
    for (FaceToMeasure& face : FacesOfPack(Borrowed(pack), order.options.Validation())) {
      faces.push_back(std::move(face));
    }
  }
  return faces;
}

void TrainingWorker::TellValidation(const TrainingOrder& order, int epoch) const {
  const std::vector<FaceToMeasure> faces = HeldOut(order);
  const auto landmarker = LoadLandmarker(ModelOf(order).string(),
                                         ChooseDevice(order.options.device), order.options.threads);
  ShownFaces shown{ShownFaceKind::kValidation, epoch, {}};
  const size_t count = std::min(kValidationFaces, faces.size());
  for (size_t i = 0; i < count; ++i) {
    const FaceToMeasure& face = faces[i * faces.size() / count];
    const Image picture = face.picture();
    const auto answer = landmarker->Locate(picture, std::span(&face.box, 1)).front();
    shown.faces.push_back(FaceCutOut(picture, face.box, face.truth_px, answer.points_px));
    shown.faces.back().caption = face.name;
  }
  on_event_(shown);
}

void TrainingWorker::Measure(const TrainingOrder& order, const std::stop_token& stop) const {
  if (!std::filesystem::exists(ModelOf(order))) {
    throw Error(fmt::format("{} holds no model yet; train for at least one epoch first",
                            order.out.string()));
  }
  RateLimiter rate_limit(std::chrono::milliseconds(100));
  on_event_(CompareModels(
      {ModelOf(order).string(), order.compare_with, order.options.device, order.options.threads},
      HeldOut(order), [&](size_t done, size_t all) {
        if (stop.stop_requested()) throw StopRequested();
        if (rate_limit.Now()) on_event_(WorkProgress{"measuring", done, all});
      }));
}

}  // namespace nosetip
