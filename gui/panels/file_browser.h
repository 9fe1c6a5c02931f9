// A dialog to choose a file or folder.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace nosetip {

struct BrowserEntry {
  std::string name;
  bool is_folder = false;
};

// The entries of a folder: folders first, each by name, without hidden ones. Only files with one of
// the `extensions` (lower case, with their dot) unless there are none. Empty where it cannot be
// read.
std::vector<BrowserEntry> EntriesOf(const std::filesystem::path& folder,
                                    const std::vector<std::string>& extensions);

struct BrowseRequest {
  std::string title;
  std::filesystem::path folder;         // that is shown first
  bool for_folder = false;              // choose a folder instead of a file
  std::vector<std::string> extensions;  // of the files to list; all where empty
};

// Open from Open() until something is chosen or it is closed.
class FileBrowser {
 public:
  void Open(BrowseRequest request);
  bool is_open() const { return is_open_; }
  // Returns what was chosen.
  std::optional<std::filesystem::path> Draw();

 private:
  void GoTo(const std::filesystem::path& folder);
  std::optional<std::filesystem::path> DrawEntries();

  BrowseRequest request_;
  bool is_open_ = false;
  std::string typed_;  // the path field
  std::vector<BrowserEntry> entries_;
};

}  // namespace nosetip
