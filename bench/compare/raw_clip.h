// Frames in a temporary file, uncompressed, so that every program reads the same ones and holds one
// at a time.
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

// The file has no name of its own, so that it is gone with this object, however the program ends.
class RawClip {
 public:
  // Throws Error where no temporary file can be made.
  RawClip();

  // Frames of one size. Throws Error for a full disk.
  void Add(const Image& frame);
  // By which this user's processes can read it while this object lives.
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
