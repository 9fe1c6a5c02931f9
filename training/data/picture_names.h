// The pictures of data sets: where they are, and what their names tell.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace nosetip {

// The picture beside `annotation` with the same stem; nothing where there is none.
std::optional<std::filesystem::path> PictureBeside(const std::filesystem::path& annotation);

struct NamedFile {
  std::filesystem::path path;
  std::string name;  // as it is on the disk, relative to its folder
};

// The file that an annotation names, in the first of these folders that has it: by its name as it
// is or, as Windows writes paths, with slashes for its backslashes. Nothing where there is none.
std::optional<NamedFile> FileNamed(const std::string& name,
                                   std::initializer_list<std::filesystem::path> folders);

// In the functions below, a name is a path relative to the data set's root, with '/' and without
// extension.

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
