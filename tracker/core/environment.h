// What a program was built of and what it runs on, to be written down beside its figures.
#pragma once

#include <string>

namespace nosetip {

struct Environment {
  std::string nosetip_version;
  std::string libtorch_version;
  std::string opencv_version;  // empty in a build without OpenCV
  std::string compiler;        // with its version
  std::string build_type;
  std::string processor;  // the CPU's model; "unknown" where the system does not tell
  int cores = 0;
};

Environment ThisEnvironment();

}  // namespace nosetip
