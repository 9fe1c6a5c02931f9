// What the file names of the data sets say. Names are paths relative to the data set's root, with
// '/' and without extension.
#pragma once

#include <string>
#include <string_view>

namespace nosetip {

// The photograph that a face is from: "helen/trainset/30427236_2" and its mirrored copy
// "helen/trainset/30427236_2_mirror" are from "helen/trainset/30427236". A number counts faces only
// where it has one or two digits and no leading zero, so LFPW's "image_0001" stays as it is.
std::string PhotographOf(std::string_view name);

// The person of a video frame in YouTube Faces: "Luis_Fonsi" for "Luis_Fonsi_21".
std::string PersonOfFrame(std::string_view name);

// The person of a picture in IMM: "08" for "08-1f".
std::string PersonOfImm(std::string_view name);

// The topmost folder of a name, "lfpw" for "lfpw/trainset/image_0001"; empty where it has none.
std::string TopFolderOf(std::string_view name);

}  // namespace nosetip
