// Which files a run writes for which inputs.
#pragma once

#include <cstddef>
#include <filesystem>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "tracker/vision/input_list.h"

namespace nosetip {

// What outputs are named after: a file's stem, "camera0", the last word of a stream's address, the
// prefix of an image sequence.
std::string NameOfInput(const Input& input);

struct PlannedInput {
  Input input;
  std::string name;  // no other input has it: the second "clip" is "clip-2"
  size_t table = 0;  // index into OutputPlan::tables
};

// A table is what one CSV or JSON lines file holds.
struct PlannedTable {
  std::string name;
  size_t inputs = 0;      // how many share it
  size_t last_input = 0;  // the table is complete after it
};

// Each video, camera, stream and image sequence has its own table. The pictures of one folder share
// one, named after the folder, where there are several: a thousand pictures are not a thousand
// tables of one row.
struct OutputPlan {
  std::vector<PlannedInput> inputs;
  std::vector<PlannedTable> tables;
};

OutputPlan PlanOutputs(std::span<const Input> inputs);

// Gives out paths in one folder. No path is given out twice, nor that of an input, which would be
// replaced by its own result; then a number is appended.
class OutputPaths {
 public:
  OutputPaths(std::filesystem::path folder, std::span<const PlannedInput> inputs);

  std::filesystem::path Claim(const std::string& stem, const std::string& extension);

 private:
  std::filesystem::path folder_;
  std::set<std::filesystem::path> taken_;  // canonical
};

}  // namespace nosetip
