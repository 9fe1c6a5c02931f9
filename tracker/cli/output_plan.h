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
  std::vector<size_t> inputs;  // those that share it: indexes into OutputPlan::inputs, ascending
};

// Each video, camera, stream and image sequence has its own table. The pictures of one folder share
// one, named after the folder, where there are several: a thousand pictures are not a thousand
// tables of one row.
struct OutputPlan {
  std::vector<PlannedInput> inputs;
  std::vector<PlannedTable> tables;
};

OutputPlan PlanOutputs(std::span<const Input> inputs);

// Whether rows of CSV files name their input: where there is more than one.
inline bool HasFileColumn(const OutputPlan& plan) { return plan.inputs.size() > 1; }

// Whether an input shows what happens now: a camera or a stream.
bool HasLiveInput(const OutputPlan& plan);

// The paths of outputs in one folder. They follow from the inputs alone, so they are the same in
// whichever order, process or machine inputs are tracked. None is that of an input, which would be
// replaced by its own result, nor one that another input's files may have: a picture "a_1" keeps
// its name before the first face of a picture "a". The one that gives way gets a number appended.
// Any number of threads may ask.
class OutputPaths {
 public:
  OutputPaths(std::filesystem::path folder, std::span<const PlannedInput> inputs);

  // `owner` is the name of an input or a table; `stem` is that, or that with '_' and more.
  std::filesystem::path PathOf(std::string_view owner, const std::string& stem,
                               const std::string& extension) const;

 private:
  bool IsAnothers(std::string_view owner, std::string_view stem) const;

  std::filesystem::path folder_;
  std::set<std::filesystem::path> inputs_;    // canonical
  std::set<std::string, std::less<>> names_;  // of the inputs
};

// A part of a list of inputs, so that several machines share it.

// The part `index`, from 1 to `count`, of `count`.
struct Shard {
  size_t index = 1;
  size_t count = 1;

  bool Whole() const { return count == 1; }
};

// "2/4"; an empty text is the whole. Throws Error for anything else.
Shard ParseShard(const std::string& text);

// Indexes of this part of so many tables, ascending. The parts of one list have each table once,
// and the same on every machine. Neighbors go to different parts, as clips of one folder are often
// sorted by what they show or how long they are.
std::vector<size_t> TablesOfShard(const Shard& shard, size_t tables);

}  // namespace nosetip
