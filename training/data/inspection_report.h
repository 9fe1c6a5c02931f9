// An inspection in words and as JSON.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "training/data/inspection.h"

namespace nosetip {

// What an inspection of the faces alone cannot know.
struct InspectedSet {
  std::string path;
  std::string format;  // such as FormatText gives
  // How many fewer groups there are since near-duplicates were put in one.
  size_t joined_groups = 0;
};

std::string_view FormatText(DataSetFormat format);

// A few lines of facts, then the problems by kind: all, or the first few of each.
std::string InspectionText(const Inspection& inspection, const InspectedSet& set,
                           bool list_all_problems);

// All figures and problems. Each kind of problem is listed with its count, which may be 0.
std::string InspectionJson(const Inspection& inspection, const InspectedSet& set,
                           const DataSet& data);

}  // namespace nosetip
