// Photographs that a data set holds more than once, under different names.
//
// LFPW and Helen were collected from the web, where one photograph has several sizes, croppings and
// encodings. A split that separates such copies measures memory, not skill.
#pragma once

#include <filesystem>

#include "training/data/box_set.h"
#include "training/data/data_set.h"
#include "training/data/watched_work.h"

namespace nosetip {

// Joins the groups of all faces that look the same; a joined group has the name of the first of
// them. Opens every picture, once. Faces without a box in a readable picture look like nothing.
//
// Faces of one group, of one picture and with the same pixels are joined without being compared,
// which takes linear time. The others are compared pair by pair by small thumbnails, a few seconds
// for 10,000 faces.
DataSet GroupNearDuplicates(DataSet data, const OnWork& on_work = {});

// The same for pictures with boxes, of which the middle is compared too, with or without a face.
BoxSet GroupNearDuplicates(BoxSet set, const OnWork& on_work = {});

// GroupNearDuplicates, but IMM is left as it is: its groups are people already, and in the same
// pose and light different people look alike.
DataSet GroupForSplits(DataSet data, const OnWork& on_work);

// ReadDataSet, then GroupForSplits: every split needs near-duplicates in one group.
DataSet ReadGroupedDataSet(const std::filesystem::path& path, const OnWork& on_work);
BoxSet ReadGroupedBoxSet(const std::filesystem::path& path, const OnWork& on_work);

}  // namespace nosetip
