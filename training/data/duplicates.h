// Photographs that a data set holds more than once, under different names.
//
// LFPW and Helen were collected from the web, where one photograph has several sizes, croppings and
// encodings. A split that separates such copies measures memory, not skill.
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "training/data/data_set.h"

namespace nosetip {

struct DuplicatePair {
  size_t first = 0;  // indices into DataSet::faces, first < second
  size_t second = 0;
  float correlation = 0.0F;  // of the detail of the two faces, at the best small shift; up to 1
};

// All pairs of faces that look the same, best first. Opens every picture; compares all pairs
// by small thumbnails, so the time grows with the square of the number of faces (a few seconds for
// 2000). Faces without a box in a readable picture match nothing.
std::vector<DuplicatePair> FindNearDuplicates(const DataSet& data);

// Joins the groups of all near-duplicates; a joined group has the name of the first of them.
DataSet GroupNearDuplicates(DataSet data);

// GroupNearDuplicates, but IMM is left as it is: its groups are people already, and in the same
// pose and light different people look alike.
DataSet GroupForSplits(DataSet data);

// ReadDataSet, then GroupForSplits: every split needs near-duplicates in one group.
DataSet ReadGroupedDataSet(const std::filesystem::path& path);

}  // namespace nosetip
