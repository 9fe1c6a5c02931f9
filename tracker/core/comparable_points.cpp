#include "tracker/core/comparable_points.h"

namespace nosetip {

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
