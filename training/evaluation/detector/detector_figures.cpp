#include "training/evaluation/detector/detector_figures.h"

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <string_view>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tracker/core/json_text.h"
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
        judgment_(Judge(record.pictures)) {}

  void AddFaces(bool all_are_known) {
    const DetectionFigures figures = FiguresAt(judgment_, score_);
    Add("recall_percent", "recall %", Percent(figures.recall), 2);
    std::optional<double> at_few_alarms;
    if (few_alarms_score_) at_few_alarms = FiguresAt(judgment_, *few_alarms_score_).recall;
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

  void AddAlarms() {
    const auto with_alarm =
        std::ranges::count_if(record_.pictures, [&](const ExaminedPicture& picture) {
          return FiguresAt(Judge(std::span(&picture, 1)), score_).false_alarms > 0;
        });
    Add("false_alarms_per_picture", "fp per picture",
        FiguresAt(judgment_, score_).false_alarms_per_picture, 4);
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
  float score_;
  std::optional<float> few_alarms_score_;
  Judgment judgment_;
  std::vector<SetFigure> figures_;
};

std::string Number(const std::optional<double>& value, int decimals) {
  return value ? fmt::format("{:.{}f}", *value, decimals) : "-";
}

std::string Counted(size_t count, std::string_view thing) {
  return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

std::string Title(const MeasuredSet& set) {
  static const std::map<SetKind, std::string> kKinds = {{SetKind::kFaces, "Faces of "},
                                                        {SetKind::kScenes, ""},
                                                        {SetKind::kEmpty, "Without faces: "},
                                                        {SetKind::kEmptyScenes, ""},
                                                        {SetKind::kClip, "Clip "}};
  const auto& pictures = set.records.front().pictures;
  const std::string title =
      fmt::format("{}{}: {}", kKinds.at(set.kind), set.name,
                  Counted(pictures.size(), set.kind == SetKind::kClip ? "frame" : "picture"));
  const int faces = Judge(pictures).faces;
  if (faces == 0) return title;
  return fmt::format("{}, {}", title, Counted(static_cast<size_t>(faces), "face"));
}

using FiguresOfDetectors = std::vector<std::vector<SetFigure>>;

FiguresOfDetectors FiguresOfSet(const Measurement& measurement, const MeasuredSet& set,
                                const std::vector<float>& few_alarms) {
  FiguresOfDetectors figures;
  for (size_t i = 0; i < set.records.size(); ++i) {
    std::optional<float> few_alarms_score;
    if (!few_alarms.empty()) few_alarms_score = few_alarms[i];
    figures.push_back(FiguresOf(set.kind, set.records[i], measurement.score, few_alarms_score));
  }
  return figures;
}

std::string Rows(const std::vector<std::string>& detectors, const FiguresOfDetectors& figures) {
  size_t name_width = 0;
  for (const std::string& name : detectors) name_width = std::max(name_width, name.size());
  std::string header = "  " + std::string(name_width, ' ');
  std::vector<std::string> lines;
  // Byte by byte, as {fmt} would count the columns of UTF-8.
  for (const std::string& name : detectors) {
    lines.push_back("  " + name + std::string(name_width - name.size(), ' '));
  }
  for (size_t column = 0; column < figures.front().size(); ++column) {
    const std::string& heading = figures.front()[column].heading;
    if (heading.empty()) continue;
    size_t width = heading.size();
    for (const auto& row : figures) {
      width = std::max(width, Number(row[column].value, row[column].decimals).size());
    }
    header += fmt::format("  {:>{}}", heading, width);
    for (size_t i = 0; i < figures.size(); ++i) {
      const SetFigure& figure = figures[i][column];
      lines[i] += fmt::format("  {:>{}}", Number(figure.value, figure.decimals), width);
    }
  }
  std::string text = header + '\n';
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

std::vector<std::string> Mistakes(SetKind kind, const DetectorRecord& record, float score) {
  std::vector<std::string> names;
  for (const ExaminedPicture& picture : record.pictures) {
    for (const size_t i : MissedFaces(picture, score)) {
      if (kind == SetKind::kFaces) names.push_back(picture.faces[i].name);
    }
    if (kind == SetKind::kEmpty && BestBox(picture, score)) names.push_back(picture.name);
  }
  return names;
}

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

std::string MeasurementText(const Measurement& measurement) {
  const std::vector<float> few_alarms = ScoresForFewFalseAlarms(measurement);
  std::string text;
  for (const MeasuredSet& set : measurement.sets) {
    text += fmt::format("{}\n{}\n", Title(set),
                        Rows(measurement.detectors, FiguresOfSet(measurement, set, few_alarms)));
  }
  return text;
}

std::string MistakesText(const Measurement& measurement) {
  std::string text;
  for (const MeasuredSet& set : measurement.sets) {
    for (size_t i = 0; i < set.records.size(); ++i) {
      const auto names = Mistakes(set.kind, set.records[i], measurement.score);
      if (names.empty()) continue;
      text += fmt::format("{} {} {}:\n", measurement.detectors[i],
                          set.kind == SetKind::kEmpty ? "finds faces in" : "misses in", set.name);
      for (const std::string& name : names) text += fmt::format("  {}\n", name);
    }
  }
  return text;
}

std::string MeasurementJson(const Measurement& measurement,
                            const std::map<std::string, std::string>& about) {
  static const std::map<SetKind, std::string> kKinds = {{SetKind::kFaces, "faces"},
                                                        {SetKind::kScenes, "scenes"},
                                                        {SetKind::kEmpty, "empty"},
                                                        {SetKind::kEmptyScenes, "empty_scenes"},
                                                        {SetKind::kClip, "clip"}};
  const std::vector<float> few_alarms = ScoresForFewFalseAlarms(measurement);
  nlohmann::ordered_json json(about);
  json["score"] = measurement.score;
  json["sets"] = nlohmann::ordered_json::array();
  for (const MeasuredSet& set : measurement.sets) {
    nlohmann::ordered_json entry = {{"kind", kKinds.at(set.kind)},
                                    {"name", set.name},
                                    {"pictures", set.records.front().pictures.size()},
                                    {"faces", Judge(set.records.front().pictures).faces}};
    const FiguresOfDetectors figures = FiguresOfSet(measurement, set, few_alarms);
    for (size_t i = 0; i < figures.size(); ++i) {
      nlohmann::ordered_json detector = {{"detector", measurement.detectors[i]}};
      for (const SetFigure& figure : figures[i]) {
        detector[figure.key] = figure.value ? nlohmann::ordered_json(*figure.value) : nullptr;
      }
      detector["mistakes"] = Mistakes(set.kind, set.records[i], measurement.score);
      entry["detectors"].push_back(std::move(detector));
    }
    json["sets"].push_back(std::move(entry));
  }
  return JsonText(json, 2) + "\n";
}

}  // namespace nosetip
