#include "tracker/core/landmark_schema.h"

#include <numeric>

#include <fmt/core.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

// Lines through the points first, first + 1 ... last, closed where asked.
void AddContour(LandmarkSchema& schema, int first, int last, bool closed) {
  for (int i = first; i < last; ++i) schema.edges.emplace_back(i, i + 1);
  if (closed) schema.edges.emplace_back(last, first);
}

// Points first..first+n-1 mirror onto last..last-n+1.
void MirrorRuns(LandmarkSchema& schema, int first, int last, int n) {
  for (int i = 0; i < n; ++i) {
    schema.mirror[static_cast<size_t>(first + i)] = last - i;
    schema.mirror[static_cast<size_t>(last - i)] = first + i;
  }
}

// Points first..first+n-1 mirror onto second..second+n-1.
void MirrorBlocks(LandmarkSchema& schema, int first, int second, int n) {
  for (int i = 0; i < n; ++i) {
    schema.mirror[static_cast<size_t>(first + i)] = second + i;
    schema.mirror[static_cast<size_t>(second + i)] = first + i;
  }
}

LandmarkSchema Start(std::string name, int count) {
  LandmarkSchema schema;
  schema.name = std::move(name);
  schema.count = count;
  schema.mirror.resize(static_cast<size_t>(count));
  std::iota(schema.mirror.begin(), schema.mirror.end(), 0);
  return schema;
}

LandmarkSchema MakeIbug68() {
  LandmarkSchema s = Start("ibug68", 68);
  s.outer_eye_corners = {36, 45};
  s.nose_tip = 30;
  s.parts = {
      {"jaw", 0, 16}, {"brows", 17, 26}, {"nose", 27, 35}, {"eyes", 36, 47}, {"mouth", 48, 67}};
  AddContour(s, 0, 16, false);   // jaw
  AddContour(s, 17, 21, false);  // brows
  AddContour(s, 22, 26, false);
  AddContour(s, 27, 30, false);  // bridge and base of the nose
  AddContour(s, 31, 35, false);
  AddContour(s, 36, 41, true);  // eyes
  AddContour(s, 42, 47, true);
  AddContour(s, 48, 59, true);  // lips, outside and inside
  AddContour(s, 60, 67, true);
  MirrorRuns(s, 0, 16, 8);
  MirrorRuns(s, 17, 26, 5);
  MirrorRuns(s, 31, 35, 2);
  MirrorRuns(s, 36, 45, 4);
  MirrorRuns(s, 40, 47, 2);
  MirrorRuns(s, 48, 54, 3);
  MirrorRuns(s, 55, 59, 2);
  MirrorRuns(s, 60, 64, 2);
  MirrorRuns(s, 65, 67, 1);
  return s;
}

LandmarkSchema MakeImm58() {
  LandmarkSchema s = Start("imm58", 58);
  s.outer_eye_corners = {21, 13};
  s.nose_tip = 52;
  s.parts = {
      {"jaw", 0, 12}, {"eyes", 13, 28}, {"brows", 29, 38}, {"mouth", 39, 46}, {"nose", 47, 57}};
  AddContour(s, 0, 12, false);  // jaw
  AddContour(s, 13, 20, true);  // eyes
  AddContour(s, 21, 28, true);
  AddContour(s, 29, 33, false);  // brows
  AddContour(s, 34, 38, false);
  AddContour(s, 39, 46, true);   // mouth
  AddContour(s, 47, 57, false);  // nose
  MirrorRuns(s, 0, 12, 6);
  MirrorBlocks(s, 13, 21, 8);
  MirrorBlocks(s, 29, 34, 5);
  MirrorRuns(s, 39, 43, 2);
  MirrorRuns(s, 44, 46, 1);
  MirrorRuns(s, 47, 57, 5);
  return s;
}

}  // namespace

const LandmarkSchema& Ibug68() {
  static const LandmarkSchema kSchema = MakeIbug68();
  return kSchema;
}

const LandmarkSchema& Imm58() {
  static const LandmarkSchema kSchema = MakeImm58();
  return kSchema;
}

const LandmarkSchema& Nose1() {
  static const LandmarkSchema kSchema = Start("nose1", 1);
  return kSchema;
}

std::optional<std::vector<int>> PointsOf(const LandmarkSchema& wanted,
                                         const LandmarkSchema& given) {
  if (wanted.name == given.name) {
    std::vector<int> all(static_cast<size_t>(given.count));
    std::iota(all.begin(), all.end(), 0);
    return all;
  }
  if (wanted.name == Nose1().name) return std::vector<int>{given.nose_tip};
  return std::nullopt;
}

const LandmarkSchema& SchemaByName(std::string_view name) {
  for (const LandmarkSchema* schema : {&Ibug68(), &Imm58(), &Nose1()}) {
    if (schema->name == name) return *schema;
  }
  throw Error(fmt::format("unknown landmark schema '{}'; use ibug68, imm58 or nose1", name));
}

std::vector<PointPair> ComparablePoints(const LandmarkSchema& given) {
  std::vector<PointPair> pairs;
  if (given.name == Ibug68().name) {
    for (int i = 0; i < given.count; ++i) pairs.push_back({i, i});
  }
  if (given.name != Imm58().name) return pairs;
  return {
      {6, 8},              // chin
      {13, 45}, {17, 42},  // eye on the picture's right: outer and inner corner
      {21, 36}, {25, 39},  // eye on its left
      {29, 22}, {33, 26},  // brow on the right: inner and outer end
      {34, 21}, {38, 17},  // brow on the left
      {39, 48}, {40, 50}, {41, 51}, {42, 52}, {43, 54},  // corners of the mouth, upper lip between
      {45, 57},                                          // below the lower lip
      {52, 33},                                          // base of the nose
  };
}

}  // namespace nosetip
