#include "training/report/run_sections.h"

#include <cmath>
#include <map>
#include <optional>
#include <type_traits>
#include <utility>

#include <fmt/core.h>

#include "tracker/cli/progress.h"
#include "training/data/held_out.h"

namespace nosetip {
namespace {

// `text` is the value's; a dash where that is not a number.
std::string OrDash(double value, std::string text) { return std::isfinite(value) ? text : "-"; }

std::string PercentText(double value) { return OrDash(value, fmt::format("{:.2f} %", value)); }

template <typename Value>
std::string ValueText(const Value& value) {
  if constexpr (std::is_same_v<Value, bool>) {
    return value ? "on" : "off";
  } else if constexpr (std::is_arithmetic_v<Value>) {
    const auto number = static_cast<double>(value);
    return OrDash(number, fmt::format("{:.10g}", number));
  } else if constexpr (std::is_same_v<Value, std::string>) {
    return value.empty() ? "(empty)" : value;
  } else {
    std::string all;
    for (const std::string& one : value) all += (all.empty() ? "" : ", ") + one;
    return all.empty() ? "(empty)" : all;
  }
}

// The digits of a float, not those of the double next to it.
std::string ValueText(float value) { return OrDash(value, fmt::format("{:.6g}", value)); }

template <typename Options>
ReportTable OptionsTable(const std::string& caption, const Options& options) {
  ReportTable table{caption, {"option", "value", "meaning"}, {}};
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
  size_t unused = 0;  // held out, in a part that does not count in validation

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
  const double mse = report.best.validation_mse;
  return {{"mean error", PercentText(summary.nme_mean)},
          {"median error", PercentText(summary.nme_median)},
          {fmt::format("faces above {:g} %", kFailureNmePercent),
           OrDash(summary.failure_rate, fmt::format("{:.1f} %", summary.failure_rate))},
          {"area under the curve", OrDash(summary.auc, fmt::format("{:.3f}", summary.auc))},
          {"MSE of the input, 0 to 1", OrDash(mse, fmt::format("{:.2e}", mse))},
          {"best epoch", fmt::format("{} of {}", report.best.epoch, report.history.size())},
          {"faces trained on", std::to_string(report.train_faces)},
          {"faces held out", training.job.options.Validation().HoldsOut()
                                 ? std::to_string(report.validation_faces)
                                 : "none"},
          {"training time", DurationText(TrainingSeconds(report))}};
}

std::vector<std::string> RaisedSentences(const TrainReport& report) {
  std::vector<std::string> sentences;
  for (const RaisedEpochs& raise : report.raised) {
    sentences.push_back(fmt::format(
        "After epoch {}, this training of {} epochs was raised to {}: from there on, the learning "
        "rate is that of a training of {} epochs.",
        raise.done, raise.from, raise.to, raise.to));
  }
  return sentences;
}

ReportSection CommandSection(const FinishedTraining& training) {
  ReportSection section{"Repeat it", {}, training.command, {}, {}};
  section.paragraphs = {
      "The command of this training. A folder that already holds a training is not overwritten; "
      "choose another --out. The same seed on the same machine gives the same model."};
  if (!training.report.raised.empty()) {
    const RaisedEpochs& first = training.report.raised.front();
    section.paragraphs.push_back(fmt::format(
        "This command raised the epochs of a training: to repeat all of it, first train "
        "{} epochs with --epochs {} and without --resume.",
        first.done, first.from));
  } else if (training.job.resume) {
    section.paragraphs.emplace_back(
        "This command resumed a stopped training; leave out --resume to repeat all of it.");
  }
  return section;
}

ReportSection RecipeSection(const FinishedTraining& training) {
  return {"Recipe",
          {"All options, including those left at their defaults."},
          "",
          {},
          {OptionsTable("Training", training.job.options),
           OptionsTable("Augmentation", training.job.augment)}};
}

ReportSection DataSection(const FinishedTraining& training) {
  ReportTable packs{"Data sets",
                    {"data", "faces", "trained on", "validated on", "not used", "points",
                     "side in pixels", "extent"},
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
  ReportTable held_out{"Groups held out", {"group"}, {}, true};
  for (const std::string& group : HeldOutGroups(training.job)) held_out.rows.push_back({group});
  ReportSection section{
      "Data",
      {"Faces are held out for validation by the names of their groups, so that all faces of a "
       "photograph or person are on the same side. Held-out faces of parts that do not count "
       "in validation are not used."},
      "",
      {},
      {std::move(packs), std::move(of_parts)}};
  if (!held_out.rows.empty()) section.tables.push_back(std::move(held_out));
  return section;
}

ReportSection TimeAndMachineSection(const FinishedTraining& training,
                                    const Environment& environment, const std::string& device) {
  const TrainReport& report = training.report;
  const double seconds = TrainingSeconds(report);
  double faces = 0.0;
  for (const EpochStats& epoch : report.history) faces += epoch.faces_per_s * epoch.seconds;
  const auto epochs = static_cast<double>(report.history.size());
  const int threads = training.job.options.threads;
  return {
      "Time, versions and machine",
      {"Times of training alone, without validation and writing files."},
      "",
      {},
      {{"Time",
        {"what", "value"},
        {{"all epochs", DurationText(seconds)},
         {"mean per epoch", DurationText(seconds / epochs)},
         {"faces per second", OrDash(faces / seconds, fmt::format("{:.1f}", faces / seconds))}}},
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
      const double value = epoch.*column.member;
      table.rows.back().push_back(OrDash(value, fmt::format("{:.4g}", value)));
    }
  }
  return table;
}

ReportTable LandmarkTable(const Evaluation& evaluation, const std::string& error_unit) {
  ReportTable table{"Every landmark in figures", {"landmark", "error, " + error_unit}, {}, true};
  for (size_t i = 0; i < evaluation.landmark_error.size(); ++i) {
    const double error = evaluation.landmark_error[i];
    table.rows.push_back({std::to_string(i), OrDash(error, fmt::format("{:.3f}", error))});
  }
  return table;
}

ReportSection ExpressionSection(const ExpressionErrors& errors) {
  ReportTable table{"Found over true values",
                    {"measure", "count", "correlation", "slope", "mean absolute error"},
                    {}};
  const auto cell = [](const std::optional<double>& value) {
    return value ? fmt::format("{:.3f}", *value) : std::string("-");
  };
  for (const MeasureErrors& measure : errors.measures) {
    table.rows.push_back({measure.name, std::to_string(measure.count), cell(measure.correlation),
                          cell(measure.slope), cell(measure.mean_absolute_error)});
  }
  ReportSection section{
      "Eyes, mouth and brows",
      {"Measured on the points found and on the true ones of the held-out faces. Eye openness is "
       "the distance of the lids over the width of the eye; mouth and brows are in distances of "
       "the outer eye corners. A slope below 1 means that what is rare is found too weak."},
      "",
      {},
      {table}};
  for (std::string& sentence : ExtremeSentences(errors)) {
    section.paragraphs.push_back(std::move(sentence));
  }
  return section;
}

}  // namespace nosetip
