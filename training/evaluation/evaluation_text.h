// The figures of an evaluation, for people and for programs.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "training/evaluation/evaluate.h"

namespace nosetip {

// Lines for the terminal; `unit` is that of ErrorUnit.
std::string AccuracyText(const AccuracySummary& summary, const CoordinateErrors& coordinates,
                         std::string_view unit);
std::string SummaryText(const Evaluation& evaluation);

// An object with the keys faces, not_found, nme_mean, nme_median, unit, fr8, auc8, mae_px, mse_px2,
// mse_relative, left_out, model, data, boxes, landmark_nme, reliability and expression (null for a
// schema without eyes and mouth).
nlohmann::ordered_json MetricsJson(const Evaluation& evaluation, const std::string& model,
                                   const std::string& data, const std::string& boxes);

}  // namespace nosetip
