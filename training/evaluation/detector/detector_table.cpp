#include "training/evaluation/detector/detector_table.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include <nlohmann/json.hpp>

namespace nosetip {
namespace {

std::string Number(const std::optional<double>& value, int decimals) {
  if (!value) return "-";
  char text[64];
  std::snprintf(text, sizeof(text), "%.*f", decimals, *value);
  return text;
}

std::string Padded(const std::string& text, size_t width, bool to_the_left) {
  const std::string space(width > text.size() ? width - text.size() : 0, ' ');
  return to_the_left ? text + space : space + text;
}

std::string Counted(size_t count, const std::string& thing) {
  return std::to_string(count) + ' ' + thing + (count == 1 ? "" : "s");
}

std::string Title(const MeasuredSet& set) {
  static const std::map<SetKind, std::string> kKinds = {{SetKind::kFaces, "Faces of "},
                                                        {SetKind::kScenes, ""},
                                                        {SetKind::kEmpty, "Without faces: "},
                                                        {SetKind::kEmptyScenes, ""},
                                                        {SetKind::kClip, "Clip "}};
  const auto& pictures = set.records.front().pictures;
  std::string title = kKinds.at(set.kind) + set.name + ": " +
                      Counted(pictures.size(), set.kind == SetKind::kClip ? "frame" : "picture");
  const int faces = Judge(pictures).faces;
  if (faces > 0) title += ", " + Counted(static_cast<size_t>(faces), "face");
  return title;
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
  for (const std::string& name : detectors) lines.push_back("  " + Padded(name, name_width, true));
  for (size_t column = 0; column < figures.front().size(); ++column) {
    const std::string& heading = figures.front()[column].heading;
    if (heading.empty()) continue;
    size_t width = heading.size();
    for (const auto& row : figures) {
      width = std::max(width, Number(row[column].value, row[column].decimals).size());
    }
    header += "  " + Padded(heading, width, false);
    for (size_t i = 0; i < figures.size(); ++i) {
      const SetFigure& figure = figures[i][column];
      lines[i] += "  " + Padded(Number(figure.value, figure.decimals), width, false);
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

std::string MeasurementText(const Measurement& measurement) {
  const std::vector<float> few_alarms = ScoresForFewFalseAlarms(measurement);
  std::string text;
  for (const MeasuredSet& set : measurement.sets) {
    text += Title(set) + '\n' +
            Rows(measurement.detectors, FiguresOfSet(measurement, set, few_alarms)) + '\n';
  }
  return text;
}

std::string MistakesText(const Measurement& measurement) {
  std::string text;
  for (const MeasuredSet& set : measurement.sets) {
    for (size_t i = 0; i < set.records.size(); ++i) {
      const auto names = Mistakes(set.kind, set.records[i], measurement.score);
      if (names.empty()) continue;
      text += measurement.detectors[i] +
              (set.kind == SetKind::kEmpty ? " sees faces in " : " misses in ") + set.name + ":\n";
      for (const std::string& name : names) text += "  " + name + '\n';
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
  return json.dump(2) + "\n";
}

}  // namespace nosetip
