#include "training/evaluation/detector/detector_figures.h"

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <utility>

#include "tracker/core/percentile.h"

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
  FigureList(const DetectorRecord& record, float score, std::optional<float> few_alarms_score)
      : record_(record),
        score_(score),
        few_alarms_score_(few_alarms_score),
        judgement_(Judge(record.pictures)) {}

  void AddFaces(bool all_are_known) {
    const DetectionFigures figures = FiguresAt(judgement_, score_);
    Add("recall_percent", "recall %", Percent(figures.recall), 2);
    std::optional<double> at_few_alarms;
    if (few_alarms_score_) at_few_alarms = FiguresAt(judgement_, *few_alarms_score_).recall;
    Add("recall_at_few_alarms_percent", "at 0.1 fp", Percent(at_few_alarms), 2);
    Add("mean_iou", "mean IoU", figures.mean_iou, 3);
    Add("found", "", figures.found, 0);
    if (all_are_known) {
      Add("false_alarms_per_picture", "fp a picture", figures.false_alarms_per_picture, 3);
    } else {
      Add("other_boxes_per_picture", "other boxes", figures.false_alarms_per_picture, 3);
    }
  }

  void AddPrecision() {
    Add("average_precision", "AP", AveragePrecision(judgement_), 3);
    for (const NamedRange& height : kHeights) {
      const Judgement judgement = Judge(record_.pictures, height.range);
      Add(std::string("average_precision_") + height.key, height.heading,
          AveragePrecision(judgement), 3);
      Add(std::string("faces_") + height.key, "", judgement.faces, 0);
    }
  }

  void AddAlarms() {
    const auto with_alarm =
        std::ranges::count_if(record_.pictures, [&](const ExaminedPicture& picture) {
          return FiguresAt(Judge(std::span(&picture, 1)), score_).false_alarms > 0;
        });
    Add("false_alarms_per_picture", "fp a picture",
        FiguresAt(judgement_, score_).false_alarms_per_picture, 4);
    Add("pictures_with_alarm_percent", "pictures %",
        PercentOf(static_cast<int>(with_alarm), record_.pictures.size()), 2);
    Add("score_for_few_alarms", "score for 0.1 fp", few_alarms_score_, 3);
  }

  void AddClip() {
    const ClipFigures figures = SteadinessAt(score_);
    const auto frames = static_cast<size_t>(figures.frames);
    Add("found_percent", "found %", PercentOf(figures.found, frames), 2);
    std::optional<double> at_few_alarms;
    if (few_alarms_score_) {
      at_few_alarms = PercentOf(SteadinessAt(*few_alarms_score_).found, frames);
    }
    Add("found_at_few_alarms_percent", "at 0.1 fp", at_few_alarms, 2);
    Add("neighbour_iou", "neighbour IoU", figures.mean_iou, 4);
    Add("center_jitter_percent", "centre jitter %", figures.center_jitter, 3);
    Add("size_jitter_percent", "size jitter %", figures.size_jitter, 3);
  }

  void AddTimes() {
    const bool timed = !record_.times_ms.empty();
    for (const int percent : {50, 95}) {
      std::string name = "p";
      name += std::to_string(percent);
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
  float score_;
  std::optional<float> few_alarms_score_;
  Judgement judgement_;
  std::vector<SetFigure> figures_;
};

}  // namespace

std::vector<float> ScoresForFewFalseAlarms(const Measurement& measurement) {
  for (const SetKind kind : {SetKind::kEmpty, SetKind::kEmptyScenes}) {
    std::vector<std::vector<ExaminedPicture>> pooled(measurement.detectors.size());
    for (const MeasuredSet& set : measurement.sets) {
      if (set.kind != kind) continue;
      for (size_t i = 0; i < pooled.size(); ++i) {
        const auto& pictures = set.records[i].pictures;
        pooled[i].insert(pooled[i].end(), pictures.begin(), pictures.end());
      }
    }
    std::vector<float> scores;
    for (const auto& pictures : pooled) {
      if (pictures.empty()) continue;
      scores.push_back(ScoreForFalseAlarms(Judge(pictures), kFewFalseAlarms));
    }
    if (!scores.empty()) return scores;
  }
  return {};
}

std::vector<SetFigure> FiguresOf(SetKind kind, const DetectorRecord& record, float score,
                                 std::optional<float> few_alarms_score) {
  FigureList list(record, score, few_alarms_score);
  if (kind == SetKind::kFaces || kind == SetKind::kScenes) list.AddFaces(kind == SetKind::kScenes);
  if (kind == SetKind::kScenes) list.AddPrecision();
  if (kind == SetKind::kEmpty || kind == SetKind::kEmptyScenes) list.AddAlarms();
  if (kind == SetKind::kClip) list.AddClip();
  list.AddTimes();
  return std::move(list).Take();
}

}  // namespace nosetip
