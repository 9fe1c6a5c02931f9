#include "tracker/model/cpu_features.h"

#include <algorithm>
#include <cstdlib>
#include <initializer_list>
#include <string_view>

namespace nosetip {
namespace {

// `names`: parts of the names of those sets of instructions that have what is asked for.
bool OnednnMayUse(std::initializer_list<std::string_view> names) {
  const char* limit = std::getenv("ONEDNN_MAX_CPU_ISA");
  if (limit == nullptr) limit = std::getenv("DNNL_MAX_CPU_ISA");  // its older name
  if (limit == nullptr) return true;
  const std::string_view text = limit;
  if (text.empty() || text == "ALL" || text == "DEFAULT") return true;
  return std::ranges::any_of(
      names, [&](std::string_view name) { return text.find(name) != std::string_view::npos; });
}

}  // namespace

#if defined(__x86_64__) && defined(__linux__)

bool HasBfloat16Tiles() {
  __builtin_cpu_init();
  return __builtin_cpu_supports("amx-bf16") != 0 && __builtin_cpu_supports("amx-tile") != 0 &&
         OnednnMayUse({"AMX"});
}

bool HasInt8Products() {
  __builtin_cpu_init();
  const bool of_avx512 = __builtin_cpu_supports("avx512vnni") != 0;
  const bool of_avx = __builtin_cpu_supports("avxvnni") != 0;
  return (of_avx512 && OnednnMayUse({"AVX512_CORE_VNNI", "BF16", "FP16", "AMX", "AVX10"})) ||
         (of_avx && OnednnMayUse({"VNNI", "BF16", "FP16", "AMX", "AVX10"}));
}

#else

bool HasBfloat16Tiles() { return false; }
bool HasInt8Products() { return false; }

#endif

}  // namespace nosetip
