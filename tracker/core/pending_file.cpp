#include "tracker/core/pending_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

#include "tracker/core/error.h"

namespace nosetip {

namespace fs = std::filesystem;

PendingFile::PendingFile(std::string path) : path_(std::move(path)) {
  const fs::path wanted(path_);
  const fs::path folder = wanted.has_parent_path() ? wanted.parent_path() : fs::path(".");
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) {
    throw Error(path_ + ": the folder " + folder.string() + " is not there; make it first");
  }
  if (fs::is_directory(wanted, ignored)) {
    throw Error(path_ + ": is a folder; choose another name for the output");
  }
  std::string name = ".";
  name += wanted.stem().string() + ".part" + wanted.extension().string();
  temporary_path_ = (folder / name).string();
  errno = 0;
  if (!std::ofstream(temporary_path_, std::ios::binary)) {
    throw Error(path_ + ": cannot be written in " + folder.string() + " (" + std::strerror(errno) +
                "); choose another folder");
  }
}

PendingFile::~PendingFile() {
  std::error_code ignored;
  fs::remove(temporary_path_, ignored);
}

void PendingFile::Commit() const {
  std::error_code problem;
  fs::rename(temporary_path_, path_, problem);
  if (problem) throw Error(path_ + ": could not be put in place (" + problem.message() + ")");
}

}  // namespace nosetip
