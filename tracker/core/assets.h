// Where the program's own files are.
#pragma once

#include <filesystem>
#include <string_view>

namespace nosetip {

// The path of a file below assets/, such as "models/face68.ntm", whether or not it is there. Looks
// in the folder that the environment variable NOSETIP_ASSETS names, else beside the program's
// folder (a build in the checkout), else in ../share/nosetip (an installation), else in the
// checkout that the program was built from.
std::filesystem::path AssetPath(std::string_view name);

// The sample clip: made by the build beside the programs, or installed with the assets.
std::filesystem::path SampleClipPath();

}  // namespace nosetip
