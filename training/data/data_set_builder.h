// Collects the faces and problems that a reader finds and makes a DataSet of them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "training/data/data_set.h"
#include "training/data/problem_list.h"

namespace nosetip {

class DataSetBuilder {
 public:
  // `root` is named in errors.
  explicit DataSetBuilder(std::filesystem::path root) : root_(std::move(root)) {}

  // Sets the face's `order` to how many were added before.
  void Add(AnnotatedFace face) {
    face.order = faces_.size();
    faces_.push_back(std::move(face));
  }
  void AddProblem(std::string problem) { problems_.Add(std::move(problem)); }
  // Runs `read`; an Error that it throws becomes a problem.
  void Try(const std::function<void()>& read) { problems_.Try(read); }

  // The schema is that of most of the labeled faces; faces with another number of points become
  // problems. Sorts by name, and appends "#2", "#3" ... to a name that comes again. Throws Error
  // where no face is left.
  DataSet Build() &&;

 private:
  const LandmarkSchema* MostCommonSchema() const;
  void LeaveOutOtherSchemas(const LandmarkSchema* schema);

  std::filesystem::path root_;
  std::vector<AnnotatedFace> faces_;
  ProblemList problems_;
};

// The schema with this many points; null where there is none.
const LandmarkSchema* SchemaOfSize(size_t point_count);

// `path` relative to `root`, with '/' and without extension.
std::string NameBelow(const std::filesystem::path& root, const std::filesystem::path& path);

}  // namespace nosetip
