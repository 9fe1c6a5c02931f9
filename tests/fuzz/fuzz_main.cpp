// libFuzzer's entry; NOSETIP_FUZZ_TARGET is the name of the target.
#include <cstddef>
#include <cstdint>
#include <string>

#include "tests/fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const nosetip::FuzzTarget& target = nosetip::FuzzTargetByName(NOSETIP_FUZZ_TARGET);
  nosetip::RunTarget(target, std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
