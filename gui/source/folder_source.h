// A folder whose pictures and videos are looked at one after another.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace nosetip {

struct FolderSource {
  std::string folder;
  std::vector<std::string> files;  // sorted by name; see ListInputs
};

// Nothing where `source` is no folder. Throws Error for one that holds nothing usable.
std::optional<FolderSource> FolderOfSources(const std::string& source);

// The file so many places after `current`, which need not be among them; empty beyond the ends.
std::string FileAfter(const FolderSource& folder, const std::string& current, int places);

}  // namespace nosetip
