// Photographs whose faces are labeled with boxes, from the top of the forehead to the chin, but
// without points.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tracker/core/geometry.h"

namespace nosetip {

struct LabeledBox {
  RectF box;             // picture pixels; may reach outside the picture
  bool ignored = false;  // neither right nor wrong to find
};

struct BoxPicture {
  std::filesystem::path path;  // not opened by the readers
  std::string name;            // unique in its set: relative to the pictures' folder, no extension
  std::string group;           // pictures of one group stay on one side of every split
  std::vector<LabeledBox> boxes;  // empty: known to show no face
};

struct BoxSet {
  std::vector<BoxPicture> pictures;   // sorted by name
  std::vector<std::string> problems;  // what was left out, each with the reason
};

// True for what ReadBoxSet reads, judged by a folder's files and a file's first line.
bool IsBoxSet(const std::filesystem::path& path);

// Reads
//  - a .csv file of boxes with the header file,x,y,width,height (further columns are ignored), or a
//    folder with boxes.csv: a row per face; without numbers for a picture that shows none;
//  - a .txt file in WIDER FACE's form, such as wider_face_train_bbx_gt.txt: the picture's name, the
//    number of faces, then a row per face, "x y w h blur expression illumination invalid occlusion
//    pose". Invalid faces are ignored.
// Pictures are looked for beside the file, in images/ beside it and, for WIDER FACE, in
// WIDER_train/images and WIDER_val/images beside the file's folder. Every picture is a group of its
// own (see GroupNearDuplicates). A picture with a broken row becomes a problem and is left
// out, as a face without its label would count as background; throws Error where no picture is
// left.
BoxSet ReadBoxSet(const std::filesystem::path& path);
// The same for the text of `file`, whose first line tells its form.
BoxSet ParseBoxSet(const std::filesystem::path& file, std::string_view text);

// Marks faces as ignored whose box is less than `least_px` high.
void IgnoreSmallFaces(BoxSet& set, float least_px);

}  // namespace nosetip
