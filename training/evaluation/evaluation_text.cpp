#include "training/evaluation/evaluation_text.h"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace nosetip {

std::string SummaryText(const Evaluation& evaluation) {
  const AccuracySummary& summary = evaluation.summary;
  const CoordinateErrors& coordinates = evaluation.coordinates;
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
      summary.faces, summary.not_found, summary.nme_mean, evaluation.unit, summary.nme_median,
      summary.failure_rate, summary.auc, coordinates.mae_px, coordinates.mse_px2,
      coordinates.mse_relative);
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
          {"reliability", reliability}};
}

}  // namespace nosetip
