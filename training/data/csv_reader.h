// Keypoints as a table: the picture's file name, then x and y of each point in 0-based pixels. The
// form of the YouTube Faces keypoints that courses hand out.
#pragma once

#include <filesystem>
#include <string_view>

#include "training/data/data_set.h"
#include "training/data/watched_work.h"

namespace nosetip {

// `csv` is the table; pictures are looked for beside it and in images/ beside it. A first line that
// names no picture is a header. One person is a group (see PersonOfFrame).
//
// A row for a picture that an earlier row describes, with a face in about the same place, replaces
// it: in the YouTube Faces table 770 pictures were overwritten by another frame of the same name,
// and the later row is the one that fits the picture. Faces in different places are several faces.
DataSet ReadKeypointsCsv(const std::filesystem::path& csv, const OnWork& on_work = {});
// The same for the text of the table `csv`.
DataSet ParseKeypointsCsv(const std::filesystem::path& csv, std::string_view text,
                          const OnWork& on_work = {});

}  // namespace nosetip
