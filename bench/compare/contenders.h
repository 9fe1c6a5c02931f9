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
  // Of Nosetip's landmark network, as ChooseDevice and LoadLandmarker take them. A GPU that turns
  // out not to run it is an error, also for "auto".
  std::string device = "cpu";
  std::string precision = "auto";
  int threads = 0;
};

struct Contender {
  std::string how;                         // what it does with a frame, and on how many threads
  std::function<void(const Frame&)> take;  // the next frame, in the form it wants; not timed
  std::function<int()> find;               // the number of faces found in it; timed
};

// How a table calls it.
std::string ContenderName(const ContenderFiles& files);

// Loads what it needs. Throws Error for files that cannot be read and for another kind.
Contender MakeContender(const ContenderFiles& files);

}  // namespace nosetip
