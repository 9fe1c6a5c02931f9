// dlib's XML annotations, as imglab writes them (dlib.net), such as labels_ibug_300W_train.xml.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "training/data/data_set.h"
#include "training/data/watched_work.h"

namespace nosetip {

// Picture names are relative to the XML file's folder, in UTF-8 or the encoding that the file
// claims, with slashes or backslashes. Points are ordered by their parts' names,
// which are numbers; files need not sort them. Boxes may reach outside the picture. A box without
// parts is a face without points; a picture without boxes is kept as one without box and points
// (an empty picture, for a detector); boxes marked `ignore` are left out, and so is a picture that
// has no others. Several faces of one picture have "#1", "#2" ... after their names.
DataSet ReadDlibXml(const std::filesystem::path& xml, const OnWork& on_work = {});

// The boxes to predict points for: every box that is not marked `ignore`, in the order
// (AnnotatedFace::order) of the file. Pictures need not exist; a box may have no area, and a side
// that is not a number counts as 0. Parts that are broken or not those of the file's first labeled
// box count as none. A picture without boxes is kept as above.
DataSet ReadDlibBoxes(const std::filesystem::path& xml);

// Both for the text of the file `xml`. Elements and attributes beyond this number are refused, as
// each takes up to 64 bytes.
inline constexpr size_t kMaxXmlParts = 20'000'000;
DataSet ParseDlibXml(const std::filesystem::path& xml, std::string text,
                     const OnWork& on_work = {});
DataSet ParseDlibBoxes(const std::filesystem::path& xml, std::string text);

}  // namespace nosetip
