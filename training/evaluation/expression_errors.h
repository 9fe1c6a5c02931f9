// How well a model shows what faces do: expressions measured on its points and on the true ones.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tracker/core/expression.h"

namespace nosetip {

struct ExpressionPair {
  Expression truth;
  Expression found;
};

// One measure over all faces; eyes and brows count one by one. Units are those of Expression.
struct MeasureErrors {
  std::string name;
  size_t count = 0;
  // Nothing where all true values are the same; the correlation also where all found ones are.
  std::optional<double> correlation;  // Pearson's
  std::optional<double> slope;        // of the line that predicts found from true values; 1 is best
  double mean_absolute_error = 0.0;
};

struct ValuePair {
  double truth = 0.0;
  double found = 0.0;
};

MeasureErrors ErrorsOf(std::string name, std::span<const ValuePair> values);

// The values whose truth lies at one end: means of the true and of the found ones.
struct ExtremeValues {
  size_t count = 0;
  double truth_mean = 0.0;  // 0 where there are none
  double found_mean = 0.0;
};

inline constexpr double kShutEye = 0.05;        // true openness below it
inline constexpr double kOpenEye = 0.2;         // true openness above it
inline constexpr double kNearlyShutEye = 0.12;  // an open eye found below it is a false blink
inline constexpr double kWideMouth = 0.2;       // true opening above it

struct ExpressionErrors {
  // Eye openness: both eyes, left, right; mouth opening and width; brow height.
  std::vector<MeasureErrors> measures;
  ExtremeValues shut_eyes;
  ExtremeValues open_eyes;
  size_t open_eyes_found_shut = 0;  // below kNearlyShutEye
  ExtremeValues wide_mouths;
};

// Nothing without faces.
std::optional<ExpressionErrors> ExpressionErrorsOf(std::span<const ExpressionPair> faces);

// A table for the terminal; empty without measures. `title` heads its first column.
std::string MeasuresText(const std::string& title, std::span<const MeasureErrors> measures);

// A table for the terminal; empty without errors.
std::string ExpressionText(const std::optional<ExpressionErrors>& errors);

// What the table says about shut and open eyes and open mouths, one sentence each.
std::vector<std::string> ExtremeSentences(const ExpressionErrors& errors);

}  // namespace nosetip
