#include "training/data/data_set_builder.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

void MakeNamesUnique(std::vector<AnnotatedFace>& faces) {
  std::unordered_map<std::string, int> next;  // number to try for a name that is taken
  for (AnnotatedFace& face : faces) {
    const std::string name = face.name;
    while (!next.emplace(face.name, 2).second) face.name = fmt::format("{}#{}", name, next[name]++);
  }
}

}  // namespace

DataSet DataSetBuilder::Build() && {
  DataSet data;
  data.schema = MostCommonSchema();
  LeaveOutOtherSchemas(data.schema);
  if (faces_.empty()) throw Error(root_.string() + " holds no usable face" + problems_.Summary());
  MakeNamesUnique(faces_);
  std::ranges::sort(faces_, {}, &AnnotatedFace::name);
  data.faces = std::move(faces_);
  data.problems = std::move(problems_).Take();
  return data;
}

const LandmarkSchema* DataSetBuilder::MostCommonSchema() const {
  std::map<size_t, int> faces_of_size;
  for (const AnnotatedFace& face : faces_) {
    if (SchemaOfSize(face.points_px.size()) != nullptr) ++faces_of_size[face.points_px.size()];
  }
  const auto most = std::ranges::max_element(
      faces_of_size, {}, [](const auto& size_and_faces) { return size_and_faces.second; });
  return most == faces_of_size.end() ? nullptr : SchemaOfSize(most->first);
}

void DataSetBuilder::LeaveOutOtherSchemas(const LandmarkSchema* schema) {
  std::erase_if(faces_, [&](const AnnotatedFace& face) {
    const size_t count = face.points_px.size();
    if (count == 0 || (schema != nullptr && count == static_cast<size_t>(schema->count))) {
      return false;
    }
    const bool known = schema != nullptr && SchemaOfSize(count) != nullptr;
    AddProblem(fmt::format("{} is labeled with {} points; {}", face.picture.string(), count,
                           known ? fmt::format("most of the data set has {}", schema->count)
                                 : "known are 68 (ibug68), 58 (imm58) and 1 (nose1)"));
    return true;
  });
}

const LandmarkSchema* SchemaOfSize(size_t point_count) {
  for (const LandmarkSchema* schema : {&Ibug68(), &Imm58(), &Nose1()}) {
    if (static_cast<size_t>(schema->count) == point_count) return schema;
  }
  return nullptr;
}

std::string NameBelow(const fs::path& root, const fs::path& path) {
  fs::path name = path.lexically_relative(root);
  if (name.empty()) name = path;
  return name.replace_extension().generic_string();
}

}  // namespace nosetip
