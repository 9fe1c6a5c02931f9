#include "training/run/process_place.h"

#include <charconv>
#include <cstdlib>
#include <string_view>

#include <fmt/core.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

std::string TextOf(const ReadVariable& read, const char* name) {
  const char* value = read(name);
  if (value == nullptr || *value == '\0') {
    throw Error(
        fmt::format("WORLD_SIZE is set, but {} is not; start the training with torchrun, or set "
                    "WORLD_SIZE, RANK, LOCAL_RANK, MASTER_ADDR and MASTER_PORT",
                    name));
  }
  return value;
}

int NumberOf(const ReadVariable& read, const char* name, int lowest, int highest) {
  const std::string text = TextOf(read, name);
  int number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, problem] = std::from_chars(text.data(), end, number);
  if (problem != std::errc() || rest != end || number < lowest || number > highest) {
    throw Error(
        fmt::format("the environment variable {} is '{}'; it must be a number from {} to {}", name,
                    text, lowest, highest));
  }
  return number;
}

std::string TextOrNone(const ReadVariable& read, const char* name) {
  const char* value = read(name);
  return value == nullptr ? "" : value;
}

}  // namespace

bool CanConnectProcesses() {
#ifdef NOSETIP_C10D_GLOO
  return true;
#else
  return false;
#endif
}

ProcessPlace ThisProcess(const ReadVariable& read) {
  ProcessPlace place;
  if (const char* size = read("WORLD_SIZE"); size == nullptr || *size == '\0') return place;
  constexpr int kMost = 4096;
  place.size = NumberOf(read, "WORLD_SIZE", 1, kMost);
  if (place.size == 1) return place;
  place.rank = NumberOf(read, "RANK", 0, place.size - 1);
  place.local_rank = NumberOf(read, "LOCAL_RANK", 0, place.size - 1);
  place.address = TextOf(read, "MASTER_ADDR");
  place.port = static_cast<uint16_t>(NumberOf(read, "MASTER_PORT", 1, 65535));
  place.launcher_listens = TextOrNone(read, "TORCHELASTIC_USE_AGENT_STORE") == "True";
  place.attempt = TextOrNone(read, "TORCHELASTIC_RESTART_COUNT");
  if (!CanConnectProcesses()) {
    throw Error(fmt::format(
        "WORLD_SIZE is {}, but this build trains in one process only: LibTorch's c10d, or the "
        "headers of Gloo, were missing when it was built. On Debian, install libgloo-dev and build "
        "again; or unset WORLD_SIZE",
        place.size));
  }
  return place;
}

ProcessPlace ThisProcess() {
  return ThisProcess([](const char* name) { return std::getenv(name); });
}

void CheckOneProcess(std::string_view what) {
  if (ThisProcess().size == 1) return;
  throw Error(
      fmt::format("{} is trained in one process; unset WORLD_SIZE and start it once", what));
}

}  // namespace nosetip
