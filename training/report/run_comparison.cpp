#include "training/report/run_comparison.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "tracker/cli/progress.h"
#include "tracker/core/error.h"
#include "training/report/plot.h"

namespace nosetip {
namespace {

using Runs = std::span<const RunOnDisk>;

constexpr const char* kNone = "-";

// Errors that trainings are compared by, the first that all of them have.
struct Measure {
  const char* column;
  const char* label;
};
constexpr std::array<Measure, 4> kMeasures = {
    {{"validation_nme", "mean error, % of the outer-eye distance"},
     {"validation_mse", "mean squared error, input from 0 to 1"},
     {"validation_loss", "validation loss"},
     {"openness_mae", "error of the openness of eyes"}}};

const Measure& MeasureOf(Runs runs) {
  for (const Measure& measure : kMeasures) {
    if (std::ranges::all_of(runs, [&](const RunOnDisk& run) {
          return !ColumnOf(run.history, measure.column).empty();
        })) {
      return measure;
    }
  }
  throw Error("these trainings have no error in common; compare trainings of one kind");
}

// Names differ at their ends; a legend has no room for all.
std::string LegendOf(const RunOnDisk& run) {
  constexpr size_t kLetters = 20;
  if (run.name.size() <= kLetters) return run.name;
  return "..." + run.name.substr(run.name.size() - (kLetters - 3));
}

ReportPicture CurvesOf(Runs runs, const std::string& title, const Measure& measure) {
  Plot plot;
  plot.title = title;
  plot.x_label = "epoch";
  plot.y_label = measure.label;
  plot.whole_x = true;
  for (const RunOnDisk& run : runs) {
    PlotLine line{LegendOf(run), {}, ColumnOf(run.history, measure.column)};
    line.x.assign(run.history.epochs.begin(), run.history.epochs.end());
    line.y.resize(line.x.size(), std::nan(""));
    plot.lines.push_back(std::move(line));
  }
  ChooseScale(plot);
  return {std::string(measure.column) + ".png", DrawPlot(plot),
          title + " of each training over the epochs", title + " over the epochs."};
}

std::string OptionOf(const RunOnDisk& run, const std::string& name) {
  const auto found = run.options.find(name);
  return found == run.options.end() ? kNone : found->second;
}

std::vector<std::string> HeaderOf(Runs runs, const std::string& first) {
  std::vector<std::string> header = {first};
  for (const RunOnDisk& run : runs) header.push_back(run.name);
  return header;
}

ReportSection DifferencesSection(Runs runs) {
  ReportTable table{"Options that differ", HeaderOf(runs, "option"), {}};
  std::set<std::string> names;
  for (const RunOnDisk& run : runs) {
    for (const auto& [name, value] : run.options) names.insert(name);
  }
  for (const std::string& name : names) {
    std::vector<std::string> row = {name};
    for (const RunOnDisk& run : runs) row.push_back(OptionOf(run, name));
    const bool differ =
        std::any_of(row.begin() + 2, row.end(), [&](const auto& cell) { return cell != row[1]; });
    if (differ) table.rows.push_back(std::move(row));
  }
  ReportSection recipe{"Recipe differences", {}, "", {}, {}};
  if (table.rows.empty()) {
    recipe.paragraphs = {"All options and data are the same."};
  } else {
    recipe.paragraphs = {"Options and data that are not the same in all trainings."};
    recipe.tables = {std::move(table)};
  }
  return recipe;
}

struct Best {
  size_t row = 0;
  double error = 0.0;
};

Best BestOf(const RunOnDisk& run, const Measure& measure) {
  Best best{0, std::nan("")};
  const std::vector<double> errors = ColumnOf(run.history, measure.column);
  for (size_t i = 0; i < errors.size(); ++i) {
    if (std::isfinite(errors[i]) && !(errors[i] >= best.error)) best = {i, errors[i]};
  }
  return best;
}

std::string NumberOrNone(double value, const char* unit = "") {
  return std::isfinite(value) ? fmt::format("{:.4g}{}", value, unit) : kNone;
}

std::string MetricText(const RunOnDisk& run, const char* key, const char* unit) {
  const auto found = run.figures.find(key);
  return found == run.figures.end() ? kNone : NumberOrNone(found->second, unit);
}

std::string EpochsOf(const RunOnDisk& run) {
  std::string text = fmt::format("{} of {}", run.history.epochs.back(), OptionOf(run, "--epochs"));
  for (const RaisedEpochs& raise : run.raised) {
    text += fmt::format(", raised from {} after {}", raise.from, raise.done);
  }
  return text;
}

double SecondsOf(const RunOnDisk& run) {
  const std::vector<double> seconds = ColumnOf(run.history, "seconds");
  return std::accumulate(seconds.begin(), seconds.end(), 0.0);
}

template <typename TextOf>
std::vector<std::string> RowOf(Runs runs, const std::string& name, const TextOf& text_of) {
  std::vector<std::string> row = {name};
  for (const RunOnDisk& run : runs) row.push_back(text_of(run));
  return row;
}

// Of metrics.json.
struct Metric {
  const char* key;
  const char* name;
  const char* unit;
};
constexpr std::array<Metric, 9> kMetrics = {{{"train_faces", "faces trained on", ""},
                                             {"validation_faces", "faces measured", ""},
                                             {"nme_mean", "mean error of the best epoch", " %"},
                                             {"nme_median", "median error", " %"},
                                             {"fr8", "faces above 8 %", " %"},
                                             {"auc8", "area under the curve", ""},
                                             {"mae_px", "mean absolute error", " px"},
                                             {"mse_px2", "mean squared error", " px^2"},
                                             {"mse_relative", "MSE, picture from 0 to 1", ""}}};

ReportSection FiguresSection(Runs runs, const Measure& measure) {
  ReportTable table{"Figures", HeaderOf(runs, "figure"), {}};
  const auto add = [&](const std::string& name, const auto& text_of) {
    table.rows.push_back(RowOf(runs, name, text_of));
    const auto& row = table.rows.back();
    if (std::all_of(row.begin() + 1, row.end(), [](const auto& cell) { return cell == kNone; })) {
      table.rows.pop_back();
    }
  };
  add(fmt::format("best {}", measure.label),
      [&](const RunOnDisk& run) { return NumberOrNone(BestOf(run, measure).error); });
  add("best epoch", [&](const RunOnDisk& run) {
    return std::to_string(run.history.epochs[BestOf(run, measure).row]);
  });
  add("epochs", EpochsOf);
  add("training time", [](const RunOnDisk& run) { return DurationText(SecondsOf(run)); });
  for (const Metric& metric : kMetrics) {
    add(metric.name,
        [&](const RunOnDisk& run) { return MetricText(run, metric.key, metric.unit); });
  }
  return {"Figures", {}, "", {}, {std::move(table)}};
}

// Why errors or losses of these runs are not those of the same thing.
std::vector<std::string> Warnings(Runs runs) {
  std::vector<std::string> warnings;
  const auto differ = [&](const auto& value_of) {
    return std::ranges::any_of(
        runs, [&](const RunOnDisk& run) { return value_of(run) != value_of(runs.front()); });
  };
  if (!std::ranges::all_of(runs, [](const auto& run) { return run.held_out_groups.has_value(); })) {
    warnings.emplace_back(
        "Not every training here has ended with a list of the groups that it held out: make sure "
        "that all were measured on the same faces.");
  } else if (differ([](const RunOnDisk& run) { return run.held_out_groups; })) {
    warnings.emplace_back(
        "The trainings held out different groups, so they were measured on different faces.");
  }
  if (differ([](const RunOnDisk& run) { return OptionOf(run, "--loss"); })) {
    warnings.emplace_back("The trainings have different losses (--loss): compare their errors.");
  }
  return warnings;
}

}  // namespace

HtmlReport ComparisonOf(std::span<const RunOnDisk> runs) {
  if (runs.size() < 2) throw Error("there is one training to compare; give two or more");
  if (runs.size() > kMaxComparedRuns) {
    throw Error(fmt::format("{} trainings are too many to tell apart; give at most {}", runs.size(),
                            kMaxComparedRuns));
  }
  const Measure& measure = MeasureOf(runs);
  ReportSection curves{"Curves", Warnings(runs), "", {}, {}};
  if (measure.column != std::string_view("validation_loss")) {
    curves.pictures.push_back(CurvesOf(runs, "Validation error", measure));
  }
  curves.pictures.push_back(CurvesOf(runs, "Validation loss", {"validation_loss", "loss"}));
  curves.pictures.push_back(CurvesOf(runs, "Training loss", {"train_loss", "loss"}));
  HtmlReport report{"Comparison of trainings", {}, {}, {}};
  for (const RunOnDisk& run : runs) {
    report.subtitle += (report.subtitle.empty() ? "" : ", ") + run.name;
  }
  report.sections = {std::move(curves), FiguresSection(runs, measure), DifferencesSection(runs)};
  return report;
}

}  // namespace nosetip
