// Which model files there are to choose from.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace nosetip {

// Paths of the .ntm files in these folders, by name within each, and of `in_use` where it lies
// elsewhere. Folders that are not there hold none.
std::vector<std::string> ModelFiles(const std::vector<std::filesystem::path>& folders,
                                    const std::string& in_use);

}  // namespace nosetip
