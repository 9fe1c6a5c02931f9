#include "training/evaluation/detector/detector_figures.h"

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/metrics.h"

namespace nosetip {
namespace {

struct NamedRange {
  const char* key;
  const char* heading;
  HeightRange range;
};
constexpr float kAnyHeight = std::numeric_limits<float>::infinity();
const std::array<NamedRange, 4> kHeights = {{{"16_32px", "AP 16-32 px", {16.0F, 32.0F}},
                                             {"32_64px", "32-64", {32.0F, 64.0F}},
                                             {"64_128px", "64-128", {64.0F, 128.0F}},
                                             {"128px", ">128", {128.0F, kAnyHeight}}}};

const std::array<NamedRange, 5> kLabeledHeights = {{{"below_20px", "<20 px", {0.0F, 20.0F}},
                                                    {"20_40px", "20-40", {20.0F, 40.0F}},
                                                    {"40_80px", "40-80", {40.0F, 80.0F}},
                                                    {"80_160px", "80-160", {80.0F, 160.0F}},
                                                    {"160px", ">160", {160.0F, kAnyHeight}}}};
constexpr std::array kRecallLevels = {10, 20, 30, 40, 50, 60, 70, 80, 85, 90, 95, 98};

std::optional<double> Percent(std::optional<double> part) {
  if (part) *part *= 100.0;
  return part;
}

std::optional<double> PercentOf(int part, size_t whole) {
  if (whole == 0) return std::nullopt;
  return 100.0 * part / static_cast<double>(whole);
}

class FigureList {
 public:
  FigureList(const DetectorRecord& record, const FigureLimits& limits)
      : record_(record), limits_(limits), judgment_(Judge(record.pictures, {}, limits.min_iou)) {}

  void AddFaces(bool all_are_known) {
    const DetectionFigures figures = FiguresAt(judgment_, limits_.score);
    Add("recall_percent", "recall %", Percent(figures.recall), 2);
    std::optional<double> at_few_alarms;
    if (limits_.few_alarms_score)
      at_few_alarms = FiguresAt(judgment_, *limits_.few_alarms_score).recall;
    Add("recall_at_few_alarms_percent", "at 0.1 fp", Percent(at_few_alarms), 2);
    Add("mean_iou", "mean IoU", figures.mean_iou, 3);
    Add("found", "", figures.found, 0);
    if (all_are_known) {
      Add("false_alarms_per_picture", "fp per picture", figures.false_alarms_per_picture, 3);
    } else {
      Add("other_boxes_per_picture", "other boxes", figures.false_alarms_per_picture, 3);
    }
  }

  void AddPrecision() {
    Add("average_precision", "AP", AveragePrecision(judgment_), 3);
    for (const NamedRange& height : kHeights) {
      const Judgment judgment = Judge(record_.pictures, height.range);
      Add(std::string("average_precision_") + height.key, height.heading,
          AveragePrecision(judgment), 3);
      Add(std::string("faces_") + height.key, "", judgment.faces, 0);
    }
  }

  void AddCloseUps() {
    const DetectionFigures figures = FiguresAt(judgment_, limits_.score);
    const FoundFaces roughly = CountFound(record_.pictures, {}, limits_.score, kRoughlyFoundIou);
    Add("recall_percent", "recall %", Percent(figures.recall), 2);
    Add("recall_percent_from_iou_0.3", "from IoU 0.3",
        PercentOf(roughly.found, static_cast<size_t>(roughly.faces)), 2);
    Add("missed", "missed", roughly.faces - roughly.found, 0);
    Add("mean_iou", "mean IoU", figures.mean_iou, 3);
  }

  void AddLabeled() {
    const DetectionFigures figures = FiguresAt(judgment_, limits_.score);
    Add("recall_percent", "recall %", Percent(figures.recall), 2);
    for (const NamedRange& height : kLabeledHeights) {
      const auto [faces, found] =
          CountFound(record_.pictures, height.range, limits_.score, limits_.min_iou);
      Add(std::string("recall_percent_") + height.key, height.heading,
          PercentOf(found, static_cast<size_t>(faces)), 1);
      Add(std::string("faces_") + height.key, "", faces, 0);
      Add(std::string("found_") + height.key, "", found, 0);
    }
    Add("found", "", figures.found, 0);
    Add("precision_percent", "precision %", Percent(figures.precision), 2);
    Add("average_precision", "AP", AveragePrecision(judgment_), 3);
    Add("false_alarms", "fp", figures.false_alarms, 0);
    Add("false_alarms_per_picture", "per picture", figures.false_alarms_per_picture, 3);
    Add("pictures_without_find", "none found in",
        CountWithoutFind(record_.pictures, limits_.score, limits_.min_iou), 0);
    Add("mean_iou", "mean IoU", figures.mean_iou, 3);
  }

  void AddCurve() {
    const std::vector<CurvePoint> curve = PrecisionCurve(judgment_);
    for (const int level : kRecallLevels) {
      Add("", fmt::format("{}", level), Percent(PrecisionAt(curve, level / 100.0)), 1);
    }
  }

  void AddAlarms() {
    const auto with_alarm =
        std::ranges::count_if(record_.pictures, [&](const ExaminedPicture& picture) {
          return FiguresAt(Judge(std::span(&picture, 1)), limits_.score).false_alarms > 0;
        });
    Add("false_alarms_per_picture", "fp per picture",
        FiguresAt(judgment_, limits_.score).false_alarms_per_picture, 4);
    Add("pictures_with_alarm_percent", "pictures %",
        PercentOf(static_cast<int>(with_alarm), record_.pictures.size()), 2);
    Add("score_for_few_alarms", "score for 0.1 fp", limits_.few_alarms_score, 3);
  }

  void AddClip() {
    const ClipFigures figures = SteadinessAt(limits_.score);
    const auto frames = static_cast<size_t>(figures.frames);
    Add("found_percent", "found %", PercentOf(figures.found, frames), 2);
    std::optional<double> at_few_alarms;
    if (limits_.few_alarms_score) {
      at_few_alarms = PercentOf(SteadinessAt(*limits_.few_alarms_score).found, frames);
    }
    Add("found_at_few_alarms_percent", "at 0.1 fp", at_few_alarms, 2);
    Add("neighbour_iou", "neighbor IoU", figures.mean_iou, 4);
    Add("center_jitter_percent", "center jitter %", figures.center_jitter, 3);
    Add("size_jitter_percent", "size jitter %", figures.size_jitter, 3);
  }

  void AddTimes() {
    const bool timed = !record_.times_ms.empty();
    for (const int percent : {50, 95}) {
      const std::string name = fmt::format("p{}", percent);
      std::optional<double> time_ms;
      if (timed) time_ms = Percentile(record_.times_ms, percent);
      Add("ms_" + name, "ms " + name, time_ms, 2);
    }
  }

  std::vector<SetFigure> Take() && { return std::move(figures_); }

 private:
  void Add(std::string key, std::string heading, std::optional<double> value, int decimals) {
    figures_.push_back({std::move(key), std::move(heading), value, decimals});
  }

  ClipFigures SteadinessAt(float score) const {
    std::vector<std::optional<RectF>> boxes;
    for (const ExaminedPicture& frame : record_.pictures) boxes.push_back(BestBox(frame, score));
    return Steadiness(boxes);
  }

  const DetectorRecord& record_;
  FigureLimits limits_;
  Judgment judgment_;
  std::vector<SetFigure> figures_;
};

}  // namespace

std::vector<SetFigure> FiguresOf(SetKind kind, const DetectorRecord& record,
                                 const FigureLimits& limits) {
  FigureList list(record, limits);
  if (kind == SetKind::kFaces || kind == SetKind::kScenes) list.AddFaces(kind == SetKind::kScenes);
  if (kind == SetKind::kCloseUps) list.AddCloseUps();
  if (kind == SetKind::kLabeled) list.AddLabeled();
  if (kind == SetKind::kScenes) list.AddPrecision();
  if (kind == SetKind::kEmpty || kind == SetKind::kEmptyScenes) list.AddAlarms();
  if (kind == SetKind::kClip) list.AddClip();
  list.AddTimes();
  return std::move(list).Take();
}

std::vector<SetFigure> CurveFigures(const DetectorRecord& record, float min_iou) {
  FigureList list(record, {.min_iou = min_iou});
  list.AddCurve();
  return std::move(list).Take();
}

}  // namespace nosetip
