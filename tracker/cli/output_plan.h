// Which files a run writes for which inputs.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tracker/sources/input_list.h"

namespace nosetip {

// The name of an input's outputs: a file's stem, "camera0", the last word of a stream's address, or
// the prefix of an image sequence.
std::string NameOfInput(const Input& input);

struct PlannedInput {
  Input input;
  std::string name;  // unique: the second "clip" is "clip-2"
  size_t table = 0;  // index into OutputPlan::tables
};

// A table is what one CSV or JSON lines file holds.
struct PlannedTable {
  std::string name;
  std::vector<size_t> inputs;  // that share it: indexes into OutputPlan::inputs, ascending
};

// Each video, camera, stream and image sequence has its own table. Several pictures of one folder
// share a table named after the folder, so that a thousand pictures do not make a thousand tables.
struct OutputPlan {
  std::vector<PlannedInput> inputs;
  std::vector<PlannedTable> tables;
};

OutputPlan PlanOutputs(std::span<const Input> inputs);

// Whether rows of CSV files name their input, as they do where there are several.
inline bool HasFileColumn(const OutputPlan& plan) { return plan.inputs.size() > 1; }

// Whether any input is a camera or a stream.
bool HasLiveInput(const OutputPlan& plan);

// The paths of outputs in one folder. They follow from the inputs alone, so they do not depend on
// the order, process or machine in which inputs are tracked. None is the path of an input, which
// its result would replace, nor one that another input's files may have: the outputs of a picture
// "a_1" keep that name, and those of the second face of a picture "a" get a number appended. Any
// thread may call.
class OutputPaths {
 public:
  OutputPaths(std::filesystem::path folder, std::span<const PlannedInput> inputs);

  // `owner` is the name of an input or a table; `stem` is that, or that with '_' and more.
  std::filesystem::path PathOf(std::string_view owner, const std::string& stem,
                               const std::string& extension) const;

 private:
  bool IsOfAnother(std::string_view owner, std::string_view stem) const;

  std::filesystem::path folder_;
  std::set<std::filesystem::path> inputs_;    // canonical
  std::set<std::string, std::less<>> names_;  // of the inputs
};

}  // namespace nosetip
