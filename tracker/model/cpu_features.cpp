#include "tracker/model/cpu_features.h"

namespace nosetip {

bool HasBfloat16Tiles() {
#if defined(__x86_64__) && defined(__linux__)
  __builtin_cpu_init();
  return __builtin_cpu_supports("amx-bf16") != 0 && __builtin_cpu_supports("amx-tile") != 0;
#else
  return false;
#endif
}

}  // namespace nosetip
