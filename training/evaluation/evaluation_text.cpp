#include "training/evaluation/evaluation_text.h"

#include <span>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace nosetip {
namespace {

using Json = nlohmann::ordered_json;

Json NumberOrNull(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

Json ExtremeJson(const ExtremeValues& extreme) {
  return {{"count", extreme.count},
          {"truth_mean", extreme.truth_mean},
          {"found_mean", extreme.found_mean}};
}

Json MeasuresJson(std::span<const MeasureErrors> errors) {
  Json measures = Json::array();
  for (const MeasureErrors& measure : errors) {
    measures.push_back({{"name", measure.name},
                        {"count", measure.count},
                        {"correlation", NumberOrNull(measure.correlation)},
                        {"slope", NumberOrNull(measure.slope)},
                        {"mean_absolute_error", measure.mean_absolute_error}});
  }
  return measures;
}

Json ExpressionJson(const std::optional<ExpressionErrors>& errors) {
  if (!errors) return {};
  Json open_eyes = ExtremeJson(errors->open_eyes);
  open_eyes["found_shut"] = errors->open_eyes_found_shut;
  return {{"measures", MeasuresJson(errors->measures)},
          {"shut_eyes", ExtremeJson(errors->shut_eyes)},
          {"open_eyes", open_eyes},
          {"wide_open_mouths", ExtremeJson(errors->wide_mouths)}};
}

}  // namespace

std::string AccuracyText(const AccuracySummary& summary, const CoordinateErrors& coordinates,
                         std::string_view unit) {
  return fmt::format(
      "faces       {}\n"
      "not found   {}\n"
      "NME mean    {:.3f} % of the {}\n"
      "NME median  {:.3f} %\n"
      "FR@8        {:.2f} %\n"
      "AUC@8       {:.4f}\n"
      "MAE         {:.3f} px per coordinate\n"
      "MSE         {:.3f} px^2\n"
      "MSE         {:.7f} of coordinates from 0 to 1 across the picture\n",
      summary.faces, summary.not_found, summary.nme_mean, unit, summary.nme_median,
      summary.failure_rate, summary.auc, coordinates.mae_px, coordinates.mse_px2,
      coordinates.mse_relative);
}

std::string SummaryText(const Evaluation& evaluation) {
  return AccuracyText(evaluation.summary, evaluation.coordinates, evaluation.unit);
}

nlohmann::ordered_json MetricsJson(const Evaluation& evaluation, const std::string& model,
                                   const std::string& data, const std::string& boxes) {
  const AccuracySummary& summary = evaluation.summary;
  nlohmann::ordered_json reliability = nlohmann::ordered_json::array();
  for (const ReliabilityBin& bin : evaluation.reliability) {
    reliability.push_back({{"points", bin.points},
                           {"expected_percent", bin.expected_percent},
                           {"error_percent", bin.error_percent},
                           {"confidence", bin.confidence},
                           {"within_8_percent", bin.within_limit}});
  }
  return {{"faces", summary.faces},
          {"not_found", summary.not_found},
          {"nme_mean", summary.nme_mean},
          {"nme_median", summary.nme_median},
          {"unit", evaluation.unit},
          {"fr8", summary.failure_rate},
          {"auc8", summary.auc},
          {"mae_px", evaluation.coordinates.mae_px},
          {"mse_px2", evaluation.coordinates.mse_px2},
          {"mse_relative", evaluation.coordinates.mse_relative},
          {"left_out", evaluation.problems.size()},
          {"model", model},
          {"data", data},
          {"boxes", boxes},
          {"landmark_nme", evaluation.landmark_error},
          {"reliability", reliability},
          {"expression", ExpressionJson(evaluation.expression)},
          {"signals", MeasuresJson(evaluation.signals)}};
}

}  // namespace nosetip
