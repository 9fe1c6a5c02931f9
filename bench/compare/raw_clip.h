// Uncompressed frames in a temporary file, so that every program reads the same ones and holds only
// one in memory.
#pragma once

#include <cstdio>
#include <memory>
#include <string>

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"

namespace nosetip {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

// The file has no name, so that it disappears with this object, however the program ends.
class RawClip {
 public:
  // Throws Error where no temporary file can be created.
  RawClip();

  // Frames of one size. Throws Error for a full disk.
  void Add(const Image& frame);
  // For this user's processes, while this object lives.
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  std::unique_ptr<std::FILE, CloseFile> file_;
};

class RawClipReader {
 public:
  // Throws Error for a file that cannot be opened.
  RawClipReader(const std::string& path, SizePx frame_px);

  // The next frame, numbered from 0, in the place of the one before; null at the end.
  const Frame* Next();

 private:
  std::unique_ptr<std::FILE, CloseFile> file_;
  Frame frame_;
};

}  // namespace nosetip
