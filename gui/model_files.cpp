#include "gui/model_files.h"

#include <algorithm>
#include <system_error>

namespace nosetip {

std::vector<std::string> ModelFiles(const std::vector<std::filesystem::path>& folders,
                                    const std::string& in_use) {
  std::vector<std::string> files;
  for (const auto& folder : folders) {
    const auto first = static_cast<std::ptrdiff_t>(files.size());
    std::error_code problem;
    for (std::filesystem::directory_iterator it(folder, problem), end; !problem && it != end;
         it.increment(problem)) {
      if (it->path().extension() == ".ntm") files.push_back(it->path().string());
    }
    std::sort(files.begin() + first, files.end());
  }
  if (!in_use.empty() && std::find(files.begin(), files.end(), in_use) == files.end()) {
    files.push_back(in_use);
  }
  return files;
}

}  // namespace nosetip
