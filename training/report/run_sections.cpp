#include "training/report/run_sections.h"

#include <cmath>
#include <cstdio>
#include <map>
#include <type_traits>

#include "tracker/cli/progress.h"
#include "training/data/held_out.h"

namespace nosetip {
namespace {

std::string Rounded(const char* format, double value) {
  if (!std::isfinite(value)) return "-";
  char text[64];
  std::snprintf(text, sizeof(text), format, value);
  return text;
}

template <typename Value>
std::string ValueText(const Value& value) {
  if constexpr (std::is_same_v<Value, bool>) {
    return value ? "on" : "off";
  } else if constexpr (std::is_arithmetic_v<Value>) {
    return Rounded("%.10g", static_cast<double>(value));
  } else if constexpr (std::is_same_v<Value, std::string>) {
    return value.empty() ? "(empty)" : value;
  } else {
    std::string all;
    for (const std::string& one : value) all += (all.empty() ? "" : ", ") + one;
    return all.empty() ? "(empty)" : all;
  }
}

// A float's own digits, not those of the double beside it.
std::string ValueText(float value) { return Rounded("%.6g", static_cast<double>(value)); }

template <typename Options>
ReportTable OptionsTable(const std::string& caption, const Options& options) {
  ReportTable table{caption, {"option", "value", "what it is"}, {}};
  for (const auto& field : Options::Fields()) {
    const std::string value =
        std::visit([&](auto member) { return ValueText(options.*member); }, field.member);
    table.rows.push_back({"--" + std::string(field.name), value, std::string(field.help)});
  }
  return table;
}

struct Share {
  size_t train = 0;
  size_t validation = 0;
  size_t unused = 0;  // held out, but of a part that does not count

  void Add(const FacePack& pack, size_t face, const TrainOptions& options) {
    if (!IsHeldOut(pack.groups[face], options.Validation())) {
      ++train;
    } else if (IsListed(pack.parts[face], options.validation_parts)) {
      ++validation;
    } else {
      ++unused;
    }
  }
  std::vector<std::string> Cells() const {
    return {std::to_string(train + validation + unused), std::to_string(train),
            std::to_string(validation), std::to_string(unused)};
  }
};

std::vector<std::string> Row(std::vector<std::string> cells, const std::vector<std::string>& more) {
  cells.insert(cells.end(), more.begin(), more.end());
  return cells;
}

double TrainingSeconds(const TrainReport& report) {
  double seconds = 0.0;
  for (const EpochStats& epoch : report.history) seconds += epoch.seconds;
  return seconds;
}

}  // namespace

std::vector<ReportFigure> SummaryFigures(const FinishedTraining& training,
                                         const Evaluation& evaluation) {
  const TrainReport& report = training.report;
  const AccuracySummary& summary = evaluation.summary;
  return {{"mean error", Rounded("%.2f %%", summary.nme_mean)},
          {"median error", Rounded("%.2f %%", summary.nme_median)},
          {"faces above " + Rounded("%g %%", kFailureNmePercent),
           Rounded("%.1f %%", summary.failure_rate)},
          {"area under the curve", Rounded("%.3f", summary.auc)},
          {"MSE, input 0 to 1", Rounded("%.2e", report.best.validation_mse)},
          {"best epoch",
           std::to_string(report.best.epoch) + " of " + std::to_string(report.history.size())},
          {"faces trained on", std::to_string(report.train_faces)},
          {"faces held out", training.job.options.Validation().HoldsOut()
                                 ? std::to_string(report.validation_faces)
                                 : "none"},
          {"training time", DurationText(TrainingSeconds(report))}};
}

ReportSection CommandSection(const FinishedTraining& training) {
  ReportSection section{"Repeat it", {}, training.command, {}, {}};
  section.paragraphs = {
      "The command of this training. A folder that holds a training already is not overwritten: "
      "give another --out. The same seed on the same machine gives the same model."};
  if (training.job.resume) {
    section.paragraphs.emplace_back(
        "This command went on with a training that had been stopped; leave --resume away to "
        "repeat all of it.");
  }
  return section;
}

ReportSection RecipeSection(const FinishedTraining& training) {
  return {"Recipe",
          {"All options, also those that were left at their defaults."},
          "",
          {},
          {OptionsTable("Training", training.job.options),
           OptionsTable("Augmentation", training.job.augment)}};
}

ReportSection DataSection(const FinishedTraining& training) {
  ReportTable packs{"Data sets",
                    {"data", "faces", "trained on", "validated on", "not used", "points",
                     "pixels a side", "extent"},
                    {}};
  std::map<std::string, Share> parts;
  for (size_t i = 0; i < training.job.packs.size(); ++i) {
    const FacePack& pack = training.job.packs[i];
    Share share;
    for (size_t face = 0; face < pack.FaceCount(); ++face) {
      share.Add(pack, face, training.job.options);
      parts[pack.parts[face]].Add(pack, face, training.job.options);
    }
    const std::string name = i < training.data.size() ? training.data[i] : "unnamed";
    packs.rows.push_back(Row(Row({name}, share.Cells()),
                             {pack.schema, std::to_string(pack.size_px), ValueText(pack.extent)}));
  }
  ReportTable of_parts{"Parts", {"part", "faces", "trained on", "validated on", "not used"}, {}};
  for (const auto& [part, share] : parts) {
    of_parts.rows.push_back(Row({part.empty() ? "(no name)" : part}, share.Cells()));
  }
  return {"Data",
          {"Which faces are held out for validation follows from their groups' names: faces of one "
           "photograph or person stay on one side. Faces that are held out, but of a part that "
           "does not count in validation, are not used."},
          "",
          {},
          {std::move(packs), std::move(of_parts)}};
}

ReportSection TimeAndMachineSection(const FinishedTraining& training,
                                    const Environment& environment, const std::string& device) {
  const TrainReport& report = training.report;
  const double seconds = TrainingSeconds(report);
  double faces = 0.0;
  for (const EpochStats& epoch : report.history) faces += epoch.faces_per_s * epoch.seconds;
  const auto epochs = static_cast<double>(report.history.size());
  const int threads = training.job.options.threads;
  return {"Time, versions and machine",
          {"Times are those of training alone, without validation and the writing of files."},
          "",
          {},
          {{"Time",
            {"what", "value"},
            {{"all epochs", DurationText(seconds)},
             {"an epoch, on average", DurationText(seconds / epochs)},
             {"faces a second", Rounded("%.1f", faces / seconds)}}},
           {"Versions",
            {"what", "value"},
            {{"Nosetip", environment.nosetip_version},
             {"LibTorch", environment.libtorch_version},
             {"OpenCV", environment.opencv_version},
             {"compiler", environment.compiler},
             {"build", environment.build_type}}},
           {"Machine",
            {"what", "value"},
            {{"processor", environment.processor},
             {"cores", std::to_string(environment.cores)},
             {"threads", std::to_string(threads == 0 ? environment.cores : threads)},
             {"device", device}}}}};
}

ReportTable EpochTable(const TrainReport& report) {
  ReportTable table{"Every epoch in figures", {"epoch"}, {}, true};
  for (const auto& column : EpochStats::HistoryColumns()) table.header.emplace_back(column.name);
  for (const EpochStats& epoch : report.history) {
    table.rows.push_back({std::to_string(epoch.epoch)});
    for (const auto& column : EpochStats::HistoryColumns()) {
      table.rows.back().push_back(Rounded("%.4g", epoch.*column.member));
    }
  }
  return table;
}

ReportTable LandmarkTable(const Evaluation& evaluation, const std::string& error_unit) {
  ReportTable table{"Every landmark in figures", {"landmark", "error, " + error_unit}, {}, true};
  for (size_t i = 0; i < evaluation.landmark_error.size(); ++i) {
    table.rows.push_back({std::to_string(i), Rounded("%.3f", evaluation.landmark_error[i])});
  }
  return table;
}

}  // namespace nosetip
