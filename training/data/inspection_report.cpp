#include "training/data/inspection_report.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tracker/core/json_text.h"
#include "training/data/picture_size.h"

namespace nosetip {
namespace {

using nlohmann::ordered_json;

constexpr size_t kFirstProblems = 3;

std::string Text(const PictureSize& size) {
  return fmt::format("{} x {}", size.width_px, size.height_px);
}
std::string Text(float value) {
  return fmt::format("{:.7g}", std::round(static_cast<double>(value)));
}

ordered_json Json(const PictureSize& size) {
  return ordered_json::array({size.width_px, size.height_px});
}
ordered_json Json(float value) { return value; }

template <typename Value>
std::string SpreadText(const std::optional<Spread<Value>>& spread) {
  if (!spread) return "not known";
  return fmt::format("smallest {}, median {}, largest {} px", Text(spread->smallest),
                     Text(spread->median), Text(spread->largest));
}

template <typename Value>
ordered_json SpreadJson(const std::optional<Spread<Value>>& spread) {
  if (!spread) return nullptr;
  return {{"smallest", Json(spread->smallest)},
          {"median", Json(spread->median)},
          {"largest", Json(spread->largest)}};
}

std::string Line(std::string_view name, const std::string& value) {
  return fmt::format("  {:<14}{}\n", name, value);
}

std::string PartsText(const Inspection& inspection) {
  std::string text;
  for (const auto& [part, faces] : inspection.faces_of_part) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", part, faces);
  }
  return text.empty() ? "none" : text;
}

std::string FacesText(const Inspection& inspection) {
  std::string text = fmt::format("{} with points, {} without", inspection.labeled_faces,
                                 inspection.unlabeled_faces);
  if (inspection.empty_pictures > 0) {
    text += fmt::format("; {} pictures without a face", inspection.empty_pictures);
  }
  return text;
}

std::string GroupsText(const Inspection& inspection, const InspectedSet& set) {
  if (set.joined_groups == 0) return fmt::format("{}", inspection.groups);
  return fmt::format("{} (there were {} before near-duplicate pictures were joined)",
                     inspection.groups, inspection.groups + set.joined_groups);
}

std::string FactsText(const Inspection& inspection, const InspectedSet& set) {
  const std::string schema = inspection.schema.empty()
                                 ? "none"
                                 : fmt::format("{}, {} {}", inspection.schema, inspection.points,
                                               inspection.points == 1 ? "point" : "points");
  return set.path + "\n" + Line("format", set.format) +
         Line("pictures", fmt::format("{}", inspection.pictures)) +
         Line("faces", FacesText(inspection)) + Line("schema", schema) +
         Line("parts", PartsText(inspection)) + Line("groups", GroupsText(inspection, set)) +
         Line("picture size", SpreadText(inspection.picture_px)) +
         Line("face size", SpreadText(inspection.face_px) +
                               (inspection.face_px ? " (longer side of the box)" : ""));
}

std::vector<const FoundProblem*> OfKind(const Inspection& inspection, ProblemKind kind) {
  std::vector<const FoundProblem*> found;
  for (const FoundProblem& problem : inspection.problems) {
    if (problem.kind == kind) found.push_back(&problem);
  }
  return found;
}

std::string KindText(const std::vector<const FoundProblem*>& found, std::string_view title,
                     bool list_all) {
  std::string text = fmt::format("{:6}  {}\n", found.size(), title);
  const size_t listed = list_all ? found.size() : std::min(found.size(), kFirstProblems);
  for (size_t i = 0; i < listed; ++i) text += fmt::format("          {}\n", found[i]->what);
  if (listed < found.size()) {
    text += fmt::format("          and {} more\n", found.size() - listed);
  }
  return text;
}

}  // namespace

std::string_view FormatText(DataSetFormat format) {
  switch (format) {
    case DataSetFormat::kPts:
      return ".pts files beside pictures (iBUG)";
    case DataSetFormat::kAsf:
      return ".asf files beside pictures (IMM)";
    case DataSetFormat::kKeypointsCsv:
      return ".csv of keypoints";
    case DataSetFormat::kDlibXml:
      return "dlib .xml";
    case DataSetFormat::kCoco:
      return ".json of COCO keypoints";
  }
  throw std::logic_error("a format without a name");
}

std::string InspectionText(const Inspection& inspection, const InspectedSet& set,
                           bool list_all_problems) {
  std::string text = FactsText(inspection, set);
  if (inspection.problems.empty()) return text + "no problems found\n";
  text += "problems\n";
  for (const ProblemKindName& name : kProblemKinds) {
    const auto found = OfKind(inspection, name.kind);
    if (!found.empty()) text += KindText(found, name.title, list_all_problems);
  }
  return text;
}

std::string InspectionJson(const Inspection& inspection, const InspectedSet& set,
                           const DataSet& data) {
  ordered_json problems;
  for (const ProblemKindName& name : kProblemKinds) {
    ordered_json found = ordered_json::array();
    for (const FoundProblem* problem : OfKind(inspection, name.kind)) {
      ordered_json entry = {{"what", problem->what}};
      if (problem->face) entry["face"] = data.faces[*problem->face].name;
      found.push_back(std::move(entry));
    }
    problems[std::string(name.key)] = {{"count", found.size()}, {"found", std::move(found)}};
  }
  ordered_json parts = ordered_json::object();
  for (const auto& [part, faces] : inspection.faces_of_part) parts[part] = faces;
  const ordered_json json = {{"data", set.path},
                             {"format", set.format},
                             {"pictures", inspection.pictures},
                             {"labelled_faces", inspection.labeled_faces},
                             {"unlabelled_faces", inspection.unlabeled_faces},
                             {"empty_pictures", inspection.empty_pictures},
                             {"schema", inspection.schema},
                             {"points", inspection.points},
                             {"parts", std::move(parts)},
                             {"groups", inspection.groups},
                             {"joined_groups", set.joined_groups},
                             {"picture_px", SpreadJson(inspection.picture_px)},
                             {"face_px", SpreadJson(inspection.face_px)},
                             {"problems", std::move(problems)}};
  // File names need not be UTF-8.
  return JsonText(json, 2) + "\n";
}

}  // namespace nosetip
