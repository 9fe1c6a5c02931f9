// An output that appears under its name only when it is whole.
#pragma once

#include <string>

namespace nosetip {

// Gives the name to write to: beside the wanted file, with the same extension, as encoders choose
// the format by it. Commit() gives it its final name and replaces what had that name; without
// it the destructor removes it.
class PendingFile {
 public:
  // Throws Error where the folder is not there or may not be written to.
  explicit PendingFile(std::string path);
  ~PendingFile();
  PendingFile(const PendingFile&) = delete;
  PendingFile& operator=(const PendingFile&) = delete;

  const std::string& path() const { return path_; }
  const std::string& temporary_path() const { return temporary_path_; }
  // Throws Error where the file cannot be renamed.
  void Commit() const;

 private:
  std::string path_;
  std::string temporary_path_;
};

}  // namespace nosetip
