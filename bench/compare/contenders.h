// The programs that are compared for speed.
#pragma once

#include <functional>
#include <string>

#include "tracker/core/image.h"

namespace nosetip {

struct ContenderFiles {
  std::string kind;      // "nosetip", "dlib" or "yunet"
  std::string model;     // of landmarks; of YuNet the detector itself
  std::string detector;  // Nosetip's
  // Of Nosetip's landmark network, for ChooseDevice and LoadLandmarker. A GPU that fails to run it
  // is an error, even with "auto".
  std::string device = "cpu";
  std::string precision = "auto";
  int threads = 0;
};

struct Contender {
  std::string how;                         // what it does with a frame, and on how many threads
  std::function<void(const Frame&)> take;  // the next frame, in the form it wants; not timed
  std::function<int()> find;               // the number of faces found in it; timed
};

// Its name in tables.
std::string ContenderName(const ContenderFiles& files);

// Loads its files. Throws Error for files that cannot be read and for an unknown kind.
Contender MakeContender(const ContenderFiles& files);

}  // namespace nosetip
