// What a comparison of landmarks says.
#pragma once

#include <string>
#include <vector>

#include "bench/compare/comparable_errors.h"

namespace nosetip {

struct LandmarkRow {
  std::string boxes;  // whose detector found the faces
  std::string model;
  ComparableErrors errors;
};

// Markdown, a row a model and detector.
std::string LandmarkText(const std::vector<LandmarkRow>& rows);

}  // namespace nosetip
