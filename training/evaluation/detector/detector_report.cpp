#include "training/evaluation/detector/detector_report.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tracker/core/json_text.h"
#include "training/evaluation/detector/detector_figures.h"

namespace nosetip {
namespace {

std::string Number(const std::optional<double>& value, int decimals) {
  return value ? fmt::format("{:.{}f}", *value, decimals) : "-";
}

std::string Counted(size_t count, std::string_view thing) {
  return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

std::string Title(const MeasuredSet& set) {
  static const std::map<SetKind, std::string> kKinds = {{SetKind::kFaces, "Faces of "},
                                                        {SetKind::kCloseUps, "Close-ups of "},
                                                        {SetKind::kLabeled, "Labeled faces of "},
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
                                const std::vector<float>& few_alarms, float min_iou = kFoundIou) {
  FiguresOfDetectors figures;
  for (size_t i = 0; i < set.records.size(); ++i) {
    FigureLimits limits{measurement.score, {}, min_iou};
    if (!few_alarms.empty()) limits.few_alarms_score = few_alarms[i];
    figures.push_back(FiguresOf(set.kind, set.records[i], limits));
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
  const bool roughly = kind == SetKind::kLabeled || kind == SetKind::kCloseUps;
  const float min_iou = roughly ? kRoughlyFoundIou : kFoundIou;
  std::vector<std::string> names;
  for (const ExaminedPicture& picture : record.pictures) {
    if (roughly || kind == SetKind::kFaces) {
      for (const size_t i : MissedFaces(picture, score, min_iou)) {
        names.push_back(picture.faces[i].name);
      }
    }
    if (kind == SetKind::kEmpty && BestBox(picture, score)) names.push_back(picture.name);
  }
  return names;
}

std::vector<std::string> BoxesWithoutLabel(const DetectorRecord& record, float score) {
  std::vector<std::string> names;
  for (const ExaminedPicture& picture : record.pictures) {
    for (const size_t i : FalseAlarms(picture, score, kRoughlyFoundIou)) {
      const FaceBox& box = picture.detections[i];
      names.push_back(fmt::format("{} {} ({:.2f})", picture.name, TextOf(box.rect), box.score));
    }
  }
  return names;
}

// A table for each overlap from which a box finds a face, and the precision that goes with recall.
std::string LabeledTables(const Measurement& measurement, const MeasuredSet& set) {
  std::string text;
  for (const float min_iou : {kFoundIou, kRoughlyFoundIou}) {
    FiguresOfDetectors curves;
    for (const DetectorRecord& record : set.records)
      curves.push_back(CurveFigures(record, min_iou));
    text +=
        fmt::format("  from an IoU of {:.1f} on:\n{}  precision % at a recall % of:\n{}", min_iou,
                    Rows(measurement.detectors, FiguresOfSet(measurement, set, {}, min_iou)),
                    Rows(measurement.detectors, curves));
  }
  return text;
}

nlohmann::ordered_json FiguresJson(const std::vector<SetFigure>& figures) {
  nlohmann::ordered_json json;
  for (const SetFigure& figure : figures) {
    json[figure.key] = figure.value ? nlohmann::ordered_json(*figure.value) : nullptr;
  }
  return json;
}

// One point per percent of recall that is reached.
nlohmann::ordered_json CurveJson(const DetectorRecord& record, float min_iou) {
  auto json = nlohmann::ordered_json::array();
  double next = 0.0;
  for (const CurvePoint& point : PrecisionCurve(Judge(record.pictures, {}, min_iou))) {
    if (100.0 * point.recall < next) continue;
    next = std::floor(100.0 * point.recall) + 1.0;
    json.push_back({{"score", point.score},
                    {"recall_percent", 100.0 * point.recall},
                    {"precision_percent", 100.0 * point.precision}});
  }
  return json;
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

std::string MeasurementText(const Measurement& measurement) {
  const std::vector<float> few_alarms = ScoresForFewFalseAlarms(measurement);
  std::string text;
  for (const MeasuredSet& set : measurement.sets) {
    text +=
        fmt::format("{}\n{}\n", Title(set),
                    set.kind == SetKind::kLabeled
                        ? LabeledTables(measurement, set)
                        : Rows(measurement.detectors, FiguresOfSet(measurement, set, few_alarms)));
  }
  return text;
}

std::string MistakesText(const Measurement& measurement) {
  std::string text;
  for (const MeasuredSet& set : measurement.sets) {
    for (size_t i = 0; i < set.records.size(); ++i) {
      const auto add = [&](const char* what, const std::vector<std::string>& names) {
        if (names.empty()) return;
        text += fmt::format("{} {} {}:\n", measurement.detectors[i], what, set.name);
        for (const std::string& name : names) text += fmt::format("  {}\n", name);
      };
      add(set.kind == SetKind::kEmpty ? "finds faces in" : "misses in",
          Mistakes(set.kind, set.records[i], measurement.score));
      if (set.kind == SetKind::kLabeled) {
        add("finds unlabeled faces in", BoxesWithoutLabel(set.records[i], measurement.score));
      }
    }
  }
  return text;
}

std::string MeasurementJson(const Measurement& measurement,
                            const std::map<std::string, std::string>& about) {
  static const std::map<SetKind, std::string> kKinds = {
      {SetKind::kFaces, "faces"},     {SetKind::kCloseUps, "close_ups"},
      {SetKind::kLabeled, "labeled"}, {SetKind::kScenes, "scenes"},
      {SetKind::kEmpty, "empty"},     {SetKind::kEmptyScenes, "empty_scenes"},
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
      const DetectorRecord& record = set.records[i];
      nlohmann::ordered_json detector = {{"detector", measurement.detectors[i]}};
      detector.update(FiguresJson(figures[i]));
      detector["mistakes"] = Mistakes(set.kind, record, measurement.score);
      if (set.kind == SetKind::kLabeled) {
        auto roughly =
            FiguresJson(FiguresOf(set.kind, record, {measurement.score, {}, kRoughlyFoundIou}));
        roughly["curve"] = CurveJson(record, kRoughlyFoundIou);
        detector["curve"] = CurveJson(record, kFoundIou);
        detector["from_iou_0.3"] = std::move(roughly);
        detector["unlabeled"] = BoxesWithoutLabel(record, measurement.score);
      }
      entry["detectors"].push_back(std::move(detector));
    }
    json["sets"].push_back(std::move(entry));
  }
  return JsonText(json, 2) + "\n";
}

}  // namespace nosetip
