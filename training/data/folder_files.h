// The files of a folder of strangers, at any depth.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace nosetip {

struct FolderFiles {
  std::vector<std::filesystem::path> files;  // sorted
  std::vector<std::string> problems;         // what could not be searched, each with the reason
};

// All files below `root` that are wanted. Linked folders are searched, too, but each folder only
// once, under the name without a link if it has one. Links that lead nowhere or to a folder above
// `root`, and folders that may not be read, become problems. Throws Error where `root` is no folder
// or cannot be read.
FolderFiles FilesBelow(const std::filesystem::path& root,
                       const std::function<bool(const std::filesystem::path&)>& wanted);

// Those with this extension (lower case, with dot; either case matches).
FolderFiles FilesBelow(const std::filesystem::path& root, const char* extension);

// Every picture: named as one, or one by its content, whatever its name. Throws Error where there
// is none, too.
FolderFiles PicturesBelow(const std::filesystem::path& folder);

}  // namespace nosetip
