// Chooses a file or folder within the app.
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

// What is in a folder: folders first, each by name; no hidden ones. With `extensions` (lower case,
// with their dot) only such files. Empty where it cannot be read.
std::vector<BrowserEntry> EntriesOf(const std::filesystem::path& folder,
                                    const std::vector<std::string>& extensions);

struct BrowseRequest {
  std::string title;
  std::filesystem::path folder;         // where to begin
  bool for_folder = false;              // choose a folder instead of a file
  std::vector<std::string> extensions;  // of files to list; all where empty
};

// Open from Open() until something was chosen or it was closed.
class FileBrowser {
 public:
  void Open(BrowseRequest request);
  bool is_open() const { return is_open_; }
  // What was chosen.
  std::optional<std::filesystem::path> Draw();

 private:
  void GoTo(const std::filesystem::path& folder);
  std::optional<std::filesystem::path> DrawEntries();

  BrowseRequest request_;
  bool is_open_ = false;
  std::string typed_;  // the folder's path, or what is typed in its stead
  std::vector<BrowserEntry> entries_;
};

}  // namespace nosetip
