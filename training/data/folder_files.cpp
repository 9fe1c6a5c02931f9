#include "training/data/folder_files.h"

#include <algorithm>
#include <set>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/sources/file_kinds.h"
#include "tracker/sources/pictures.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

bool IsAbove(const fs::path& folder, const fs::path& other) {
  return folder != other && std::ranges::mismatch(folder, other).in1 == folder.end();
}

class FolderSearch {
 public:
  explicit FolderSearch(const std::function<bool(const fs::path&)>& wanted) : wanted_(wanted) {}

  FolderFiles Search(const fs::path& root) && {
    root_ = fs::canonical(root);
    folders_.insert(root);
    while (!folders_.empty() || !links_.empty()) {
      auto& next = folders_.empty() ? links_ : folders_;
      SearchFolder(next.extract(next.begin()).value());
    }
    std::ranges::sort(found_.files);
    std::ranges::sort(found_.problems);
    return std::move(found_);
  }

 private:
  void SearchFolder(const fs::path& folder) {
    std::error_code problem;
    const fs::path real = fs::canonical(folder, problem);
    if (!problem && !searched_.insert(real).second) return;
    if (IsAbove(real, root_)) {
      found_.problems.push_back(folder.string() +
                                " leads to a folder above the data set, which is not searched");
      return;
    }
    for (fs::directory_iterator it(folder, problem), end; !problem && it != end;
         it.increment(problem)) {
      Sort(*it);
    }
    if (!problem) return;
    found_.problems.push_back(fmt::format("the folder {} cannot be read: {}; check its permissions",
                                          folder.string(), problem.message()));
  }

  void Sort(const fs::directory_entry& entry) {
    std::error_code problem;
    if (entry.is_directory(problem)) {
      (entry.is_symlink(problem) ? links_ : folders_).insert(entry.path());
    } else if (entry.is_regular_file(problem)) {
      if (wanted_(entry.path())) found_.files.push_back(entry.path());
    } else if (problem || !entry.exists(problem)) {
      found_.problems.push_back(
          fmt::format("{} cannot be opened: {}; repair or remove it", entry.path().string(),
                      problem ? problem.message() : "the link leads nowhere"));
    }
  }

  const std::function<bool(const fs::path&)>& wanted_;
  fs::path root_;  // without links
  std::set<fs::path> folders_;
  std::set<fs::path> links_;  // to folders
  std::set<fs::path> searched_;
  FolderFiles found_;
};

}  // namespace

FolderFiles FilesBelow(const fs::path& root, const std::function<bool(const fs::path&)>& wanted) {
  std::error_code problem;
  const fs::directory_iterator readable(root, problem);
  if (problem) {
    throw Error(fmt::format("{} cannot be searched: {}; check the path and its permissions",
                            root.string(), problem.message()));
  }
  return FolderSearch(wanted).Search(root);
}

FolderFiles FilesBelow(const fs::path& root, const char* extension) {
  return FilesBelow(root, [&](const fs::path& file) { return LowerExtension(file) == extension; });
}

FolderFiles PicturesBelow(const fs::path& folder) {
  FolderFiles found = FilesBelow(folder, [](const fs::path& file) {
    // A broken picture is to be named, too.
    return KindByExtension(file) == SourceKind::kPicture || IsReadablePicture(file.string());
  });
  if (!found.files.empty()) return found;
  throw Error(folder.string() + " holds no picture" +
              (found.problems.empty() ? "" : ": " + found.problems.front()));
}

}  // namespace nosetip
