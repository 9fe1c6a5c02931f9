// Accuracy of landmarks over a set of faces, measured as in the 300-W papers, and percentiles.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {

// Errors above this count as failures and end the area under the curve: 8 % of the eye distance.
inline constexpr double kFailureNmePercent = 8.0;

// Normalized mean error: the mean distance of predicted to true points in percent of the distance
// of the true outer eye corners (Sagonas et al. 2013). The schema must have eye corners.
double NmePercent(std::span<const Point2f> predicted, std::span<const Point2f> truth,
                  const LandmarkSchema& schema);

struct AccuracySummary {
  int faces = 0;              // all of them, also those not found
  int not_found = 0;          // counted as an error of 100 %
  double nme_mean = 0.0;      // percent
  double nme_median = 0.0;    // percent
  double failure_rate = 0.0;  // percent of faces with an error above 8 %
  double auc = 0.0;           // area under the cumulative error curve up to 8 %, 0 to 1
};

// `nme_percent` holds one error per face; nothing for a face that was not found.
AccuracySummary Summarize(std::span<const std::optional<double>> nme_percent);

// Fraction of `errors` at or below each of `thresholds` (cumulative error curve).
std::vector<double> CumulativeErrorCurve(std::span<const double> errors,
                                         std::span<const double> thresholds);

// By the nearest rank: the smallest of the values that at least `percent` of them do not exceed; 0
// for no values.
double Percentile(std::vector<double> values, double percent);

}  // namespace nosetip
